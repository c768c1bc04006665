import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHostLog } from '#node-host/host-log.ts';
import type { HostOptions } from '#node-host/host-options.ts';
import { type Host, startHost } from '#node-host/start-host.ts';
import { SCREEN } from '../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../scripts/start/ensure-built.ts';

/** The program of `shared-hosts.ts`: starts and closes browser hosts as its parent asks. */

export type Request = { id: number; start: HostOptions } | { id: number; close: true };
export type Reply = { id: number; address?: string; error?: string };

const ROOT = join(import.meta.dirname, '../../..');
const screenDir = await ensureBuilt(ROOT, SCREEN, () => {});
const { version: appVersion } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const hosts = new Map<number, Host>();

async function answer(request: Request): Promise<Reply> {
  const { id } = request;
  try {
    if ('close' in request) {
      await hosts.get(id)?.close();
      hosts.delete(id);
      return { id };
    }
    const host = await startHost({ ...request.start, screenDir, appVersion, log: createHostLog('info') });
    hosts.set(id, host);
    return { id, address: host.address };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', async (request: Request) => void process.send?.(await answer(request)));
process.on('disconnect', () => process.exit());
