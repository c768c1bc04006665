import type { Hints } from '../../hints/hints.ts';
import type { Access } from '../../service.ts';

/** A device's connection, of any kind. */
export interface DeviceConnection {
  deviceId: string;
  end(): void;
  onEnded(listener: () => void): void;
}

/** Ends the connections of revoked devices. */
export interface EndRevoked {
  /** Checks a connected device, which may have been revoked since its handshake. */
  watch(connection: DeviceConnection): Promise<void>;
  /** Checks these devices. */
  among(deviceIds: readonly string[]): Promise<void>;
  /** Checks all connected devices. */
  look(): Promise<void>;
}

export function createEndRevoked(access: Pick<Access, 'revoked'>, hints: Pick<Hints, 'say'>): EndRevoked {
  const connections = new Set<DeviceConnection>();

  async function among(deviceIds: readonly string[]): Promise<string[]> {
    const revoked = await access.revoked(deviceIds);
    for (const connection of connections) if (revoked.includes(connection.deviceId)) connection.end();
    return revoked;
  }

  return {
    async watch(connection) {
      connections.add(connection);
      connection.onEnded(() => void connections.delete(connection));
      await among([connection.deviceId]);
    },
    async among(deviceIds) {
      await among(deviceIds);
    },
    async look() {
      const connected = new Set([...connections].map(({ deviceId }) => deviceId));
      // The hint was missed, so the rest of this process needs it too.
      for (const deviceId of await among([...connected])) hints.say({ kind: 'revoked', deviceId });
    },
  };
}
