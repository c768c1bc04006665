import type { Connection, ConnectionStore } from '#core/display.ts';

/** What the command line or the environment said; null: nothing. */
export interface GivenConnection {
  serverUrl: string | null;
  token: string | null;
}

/**
 * A store where what was given at the start goes before what was kept, until a person connects on the screen: from then
 * on that is what counts, and it is kept. A kept token is never shown to another server than its own.
 */
export function preferGiven(kept: ConnectionStore, given: GivenConnection): ConnectionStore {
  let connectedOnScreen = false;
  return {
    async read(): Promise<Connection | null> {
      const old = await kept.read();
      if (connectedOnScreen) return old;
      const serverUrl = given.serverUrl ?? old?.serverUrl ?? null;
      const token = given.token ?? (old && sameServer(old.serverUrl, serverUrl) ? old.token : null);
      return serverUrl !== null && token !== null ? { serverUrl, token } : null;
    },
    async write(connection) {
      await kept.write(connection);
      connectedOnScreen = true;
    },
  };
}

function sameServer(a: string, b: string | null): boolean {
  return b !== null && URL.parse(a)?.origin === URL.parse(b)?.origin;
}
