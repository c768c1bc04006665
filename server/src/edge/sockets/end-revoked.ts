import type { Hints } from '../../hints/hints.ts';
import type { Access } from '../../service.ts';
import { deviceRoomOf, type StoreNamespace } from './store-namespace.ts';

/** Ends the sockets of revoked devices. */
export interface EndRevoked {
  /** Of these devices, those that are revoked. */
  among(deviceIds: readonly string[]): Promise<void>;
  /** Looks at all that are connected. */
  look(): Promise<void>;
}

export function createEndRevoked(options: {
  access: Pick<Access, 'revoked'>;
  hints: Pick<Hints, 'say'>;
  namespace: StoreNamespace;
}): EndRevoked {
  const { access, hints, namespace } = options;

  async function among(deviceIds: readonly string[]): Promise<void> {
    for (const deviceId of await access.revoked(deviceIds))
      namespace.in(deviceRoomOf(deviceId)).disconnectSockets(true);
  }

  return {
    among,
    async look() {
      const connected = new Set([...namespace.sockets.values()].map(({ data }) => data.device.id));
      for (const deviceId of await access.revoked([...connected])) {
        namespace.in(deviceRoomOf(deviceId)).disconnectSockets(true);
        // The hint was missed, so the rest of this process has not heard it either.
        hints.say({ kind: 'revoked', deviceId });
      }
    },
  };
}
