import type { AddressInfo } from 'node:net';
import { fileConnection } from '#adapters/file-connection.ts';
import { nodeMachine } from '#adapters/node-machine.ts';
import { createNodePorts } from '#adapters/node-ports.ts';
import { nodeTill, TILL_CONNECTION } from '#adapters/node-till.ts';
import { overrideConnection } from '#adapters/override-connection.ts';
import { readScreenFiles } from '#adapters/screen-files.ts';
import { watchMachine } from '#adapters/watch-machine.ts';
import { createDisplay } from '#core/create-display.ts';
import { readHostKey } from './host-key.ts';
import type { HostLog } from './host-log.ts';
import { createHostNames } from './host-names.ts';
import type { HostOptions } from './host-options.ts';
import { limitConnections } from './limit-connections.ts';
import { createPageAccess } from './page-access.ts';
import { serveBridge } from './serve-bridge.ts';
import { serveScreen } from './serve-screen.ts';

export interface Host {
  /** With the key, for a browser on this machine. */
  address: string;
  port: number;
  key: string;
  close(): Promise<void>;
}

/**
 * The browser host: the core in plain Node, its screen in any browser. Resolves once it listens, with or without a server.
 *
 * @param screenDir the built screen
 * @throws StorageError `locked` when another display uses the data folder; `EADDRINUSE` and the like
 */
export async function startHost(
  options: HostOptions & { screenDir: string; appVersion: string; log: HostLog },
): Promise<Host> {
  const { dataDir, host, log } = options;
  const screen = await readScreenFiles(options.screenDir);
  const connection = overrideConnection(fileConnection(dataDir), options);
  const { appVersion } = options;
  const machine = nodeMachine({ host: 'browser', dataDir, lastLogLines: async () => log.lastLines() });
  const till = { host: nodeTill(dataDir, log), connection: fileConnection(dataDir, TILL_CONNECTION) };
  const display = createDisplay(createNodePorts({ dataDir, log }), { appVersion, connection, machine, till });
  const undo: (() => unknown)[] = [() => display.close()];
  const close = async () => {
    for (const last of undo.splice(0).reverse()) await last();
  };

  try {
    await display.start();
    const key = await readHostKey(dataDir);
    const access = createPageAccess(key, options.oneTimeKey);
    const names = createHostNames(host, options.publicUrl);
    const app = await serveScreen(screen, access, names);
    undo.push(() => app.close());
    limitConnections(app.server);
    const bridge = serveBridge(app.server, display, ({ headers }) => {
      // Only pages that we served may connect.
      return names.isOwnOrigin(headers.origin, headers.host) && access.hasCookie(headers.cookie);
    });
    undo.push(() => bridge.close());
    undo.push(watchMachine(display));
    await app.listen({ port: options.port, host });
    const { port } = app.server.address() as AddressInfo;
    return { address: addressOf(host, port, key), port, key, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address to open on this machine. */
function addressOf(host: string, port: number, key: string): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/?key=${key}`;
}
