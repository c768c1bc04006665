import type { Hints } from '../../hints/hints.ts';
import type { Access } from '../../service.ts';
import type { StoreSocket } from './store-namespace.ts';

/** Ends the sockets of revoked devices. */
export interface EndRevoked {
  /** Checks a connected display, which may have been revoked since its handshake. */
  watch(socket: StoreSocket): Promise<void>;
  /** Returns the revoked ones of these devices. */
  among(deviceIds: readonly string[]): Promise<void>;
  /** Checks all connected displays. */
  look(): Promise<void>;
}

export function createEndRevoked(access: Pick<Access, 'revoked'>, hints: Pick<Hints, 'say'>): EndRevoked {
  const sockets = new Set<StoreSocket>();

  async function among(deviceIds: readonly string[]): Promise<string[]> {
    const revoked = await access.revoked(deviceIds);
    for (const socket of sockets) if (revoked.includes(socket.data.device.id)) socket.disconnect(true);
    return revoked;
  }

  return {
    async watch(socket) {
      sockets.add(socket);
      socket.on('disconnect', () => void sockets.delete(socket));
      await among([socket.data.device.id]);
    },
    async among(deviceIds) {
      await among(deviceIds);
    },
    async look() {
      const connected = new Set([...sockets].map(({ data }) => data.device.id));
      // The hint was missed, so the rest of this process needs it too.
      for (const deviceId of await among([...connected])) hints.say({ kind: 'revoked', deviceId });
    },
  };
}
