import type { Hints } from '../../hints/hints.ts';
import type { Access, Credential } from '../../service.ts';

/** A connection that stands as long as a credential is valid. */
export interface WatchedConnection {
  /** null: not a device's. */
  deviceId: string | null;
  credential: Credential;
  end(): void;
  onEnded(listener: () => void): void;
}

/** Ends connections whose token is revoked or has expired, or whose session has ended. */
export interface EndRevoked {
  /** Checks a connection, whose credential may have become invalid since its handshake. */
  watch(connection: WatchedConnection): Promise<void>;
  /** Checks the connections of this device. */
  ofDevice(deviceId: string): Promise<void>;
  /** Checks all connections. */
  look(): Promise<void>;
  /** The devices with a connection. */
  devices(): Set<string>;
}

export function createEndRevoked(access: Pick<Access, 'ended'>, hints: Pick<Hints, 'say'>): EndRevoked {
  const connections = new Set<WatchedConnection>();

  /** Returns those that it has ended. */
  async function check(some: readonly WatchedConnection[]): Promise<WatchedConnection[]> {
    if (some.length === 0) return [];
    const invalid = new Set(await access.ended(some.map(({ credential }) => credential)));
    const ended = some.filter(({ credential }) => invalid.has(credential));
    for (const connection of ended) connection.end();
    return ended;
  }

  return {
    async watch(connection) {
      connections.add(connection);
      connection.onEnded(() => void connections.delete(connection));
      await check([connection]);
    },
    async ofDevice(deviceId) {
      await check([...connections].filter((connection) => connection.deviceId === deviceId));
    },
    devices: () => new Set([...connections].flatMap(({ deviceId }) => deviceId ?? [])),
    async look() {
      const ended = await check([...connections]);
      // The hint was missed, so the rest of this process needs it too.
      for (const deviceId of new Set(ended.map((connection) => connection.deviceId)))
        if (deviceId !== null) hints.say({ kind: 'revoked', deviceId });
    },
  };
}
