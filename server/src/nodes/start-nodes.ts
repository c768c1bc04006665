import { every } from '../time/every.ts';
import { linkNodes } from './link-nodes.ts';
import type { NodesParts } from './parts.ts';

const LOOK_EVERY_MS = 1_000;

/** Makes the servers that share a database one: they know one another's live displays and, if Redis is set, changes at once. */
export async function startNodes(parts: NodesParts): Promise<() => Promise<void>> {
  const { nodes } = parts.service;
  const link = await linkNodes(parts);
  if (nodes === null) return link.close;

  async function look(): Promise<void> {
    await nodes?.look();
    parts.server.metrics.nodes.set(nodes?.count() ?? 1);
  }

  const onFailure = (error: unknown) =>
    parts.log.warn({ err: error }, 'other nodes could not be read; it is tried again');
  await look().catch(onFailure);
  const stopTelling = nodes.onWritten(link.tellDisplays);
  const stopLooking = every(LOOK_EVERY_MS, look, onFailure);
  return async () => {
    stopLooking();
    stopTelling();
    await nodes.leave().catch(onFailure);
    await link.close();
  };
}
