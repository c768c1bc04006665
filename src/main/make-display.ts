import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { fileConnection } from '#adapters/file-connection.ts';
import { type GivenConnection, preferGiven } from '#adapters/given-connection.ts';
import { nodeMachine } from '#adapters/node-machine.ts';
import { createNodePorts } from '#adapters/node-ports.ts';
import { createDisplay } from '#core/create-display.ts';
import type { Display } from '#core/display.ts';
import { canSeal, createSafeConnectionStore } from './safe-connection-store.ts';
import type { ShellLog } from './setup-log.ts';

export interface DisplayOptions {
  dataDir: string;
  appVersion: string;
  given: GivenConnection;
  safeStorage: SafeStorage;
  platform: NodeJS.Platform;
  log: ShellLog;
}

/** The same core as in the browser host; only the token may live in a better place. Not started yet. */
export async function makeDisplay({
  dataDir,
  appVersion,
  given,
  safeStorage,
  platform,
  log,
}: DisplayOptions): Promise<Display> {
  const sealed = await canSeal(safeStorage, platform);
  if (!sealed) log.warn('no key store on this system: the token is kept in a file that only this user can read');
  const kept = sealed
    ? createSafeConnectionStore(safeStorage, join(dataDir, 'connection.sealed.json'))
    : fileConnection(dataDir);
  const connection = preferGiven(kept, given);
  const machine = nodeMachine({ host: 'electron', dataDir, lastLogLines: log.lastLines });
  return createDisplay(createNodePorts({ dataDir, log }), { appVersion, connection, machine });
}
