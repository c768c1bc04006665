import type { Connection, ConnectionStore } from '#core/display.ts';

/** Values from the command line or the environment; null: not given. */
export interface ConnectionOverrides {
  serverUrl: string | null;
  token: string | null;
}

/**
 * A store in which `overrides` replace the stored values until a person connects on the screen; that connection is stored
 * and wins from then on. A stored token is never sent to another server than its own.
 */
export function overrideConnection(stored: ConnectionStore, overrides: ConnectionOverrides): ConnectionStore {
  let connectedOnScreen = false;
  return {
    async read(): Promise<Connection | null> {
      const { serverUrl: server, token: given } = overrides;
      // Without asking the store, which may wait for a person.
      if (server !== null && given !== null && !connectedOnScreen) return { serverUrl: server, token: given };
      const old = await stored.read();
      if (connectedOnScreen) return old;
      const serverUrl = overrides.serverUrl ?? old?.serverUrl ?? null;
      const token = overrides.token ?? (old && sameServer(old.serverUrl, serverUrl) ? old.token : null);
      return serverUrl !== null && token !== null ? { serverUrl, token } : null;
    },
    async write(connection) {
      await stored.write(connection);
      connectedOnScreen = true;
    },
  };
}

function sameServer(a: string, b: string | null): boolean {
  return b !== null && URL.parse(a)?.origin === URL.parse(b)?.origin;
}
