import { type GivenConnection, preferGiven } from '#adapters/given-connection.ts';
import { nodeMachine } from '#adapters/node-machine.ts';
import { createNodePorts } from '#adapters/node-ports.ts';
import { createDisplay } from '#core/create-display.ts';
import type { ConnectionStore, Display } from '#core/display.ts';
import type { ShellLog } from './setup-log.ts';

export interface ShellDisplayOptions {
  dataDir: string;
  appVersion: string;
  given: GivenConnection;
  kept: ConnectionStore;
  log: ShellLog;
}

/** The same core as in the browser host; only the token may live in a better place. Not started yet. */
export function makeDisplay({ dataDir, appVersion, given, kept, log }: ShellDisplayOptions): Display {
  const connection = preferGiven(kept, given);
  const machine = nodeMachine({ host: 'electron', dataDir, lastLogLines: log.lastLines });
  return createDisplay(createNodePorts({ dataDir, log }), { appVersion, connection, machine });
}
