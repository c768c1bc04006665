import { gunzipSync } from 'node:zlib';
import type { Snapshot } from '#contract/sync.ts';
import type { Service } from '../service.ts';

/** A store's snapshot, decoded as a display decodes it. */
export async function readSnapshot({ log }: Pick<Service, 'log'>, storeId: string): Promise<Snapshot> {
  const { gzip } = await log.snapshot(storeId);
  return JSON.parse(gunzipSync(gzip).toString());
}
