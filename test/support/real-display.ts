import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileConnection } from '#adapters/file-connection.ts';
import { createNodePorts } from '#adapters/node-ports.ts';
import { nodeTill, TILL_CONNECTION } from '#adapters/node-till.ts';
import { createDisplay } from '#core/create-display.ts';
import type { Display } from '#core/display.ts';
import { type Screen, watchDisplay } from '#core/testing/screen.ts';

export interface RealDisplay {
  display: Display;
  screen: Screen;
  dir: string;
  /** Ends the program; its files stay. */
  stop(): Promise<void>;
  /** Ends the program and starts it again on the same files. */
  again(): Promise<RealDisplay>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

const silent = { info() {}, warn() {}, error() {} };

/** The real core over real SQLite files and real sockets; without a connection it waits to be set up. */
export async function startRealDisplay(
  connection: { serverUrl: string; token: string } | null,
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-display-')),
): Promise<RealDisplay> {
  const store = fileConnection(dir);
  if (connection) await store.write(connection);
  const display = createDisplay(createNodePorts({ dataDir: dir, log: silent }), {
    appVersion: '0.0.0',
    connection: store,
    till: { host: nodeTill(dir, silent), connection: fileConnection(dir, TILL_CONNECTION) },
  });
  const screen = watchDisplay(display);
  await display.start();
  await screen.askBoard();
  return {
    display,
    screen,
    dir,
    stop: () => display.close(),
    async again() {
      await display.close();
      return startRealDisplay(null, dir);
    },
    async remove() {
      await display.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
