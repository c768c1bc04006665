import type { BridgeError } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import { verify, whyNotConnected } from '../link/pairing.ts';
import { originOf, pair } from '../link/server-api.ts';
import type { Ports } from '../ports.ts';
import type { CallHandlers } from './call-handlers.ts';
import { notice } from './notices.ts';

const LOCKED = fail('not_allowed', 'The PIN keeps the connection.');

export function connectionCalls(
  core: DisplayCore,
  ports: Ports,
  { connection: connections }: Pick<DisplayOptions, 'connection'>,
) {
  async function connect(
    serverUrl: string,
    token: string,
    device: { deviceId?: string; deviceName?: string } = {},
  ): Promise<Result<null, BridgeError>> {
    const store = await verify(ports, serverUrl, token);
    const connection = { serverUrl: originOf(serverUrl), token };
    try {
      await connections.write(connection);
    } catch (error) {
      ports.log.error('the connection could not be stored', { error: String(error) });
      return fail('disk', 'The sign-in could not be written to the disk.');
    }
    const connected = core.disks.write(() => core.connect(connection, { store, ...device }));
    if (!connected.ok) return connected;
    core.notify(notice('success', 'paired'));
    return ok(null);
  }

  /** Of this process. Stays the same, since the answer to a pairing may be lost. */
  let pairingKey: string | null = null;

  /** Switching servers needs the PIN; first pairing does not. */
  const isLocked = (): boolean => core.status().setup === 'done' && !core.pin.status().unlocked;

  return {
    async refresh() {
      const link = core.link();
      if (!link) return fail('unavailable', 'This display is not connected to a server yet.');
      const live = await link.refresh();
      core.notify(live ? notice('success', 'refreshed') : notice('error', 'refresh_failed'));
      return ok({ live });
    },

    connectWithToken: ({ serverUrl, token }) =>
      isLocked() ? LOCKED : connect(serverUrl, token.trim()).catch(whyNotConnected),

    async connectWithCode({ serverUrl, code, deviceName }) {
      if (isLocked()) return LOCKED;
      try {
        pairingKey ??= ports.uuid();
        const request = { code: code.trim(), deviceName, key: pairingKey };
        const { token, deviceId } = await pair(ports, originOf(serverUrl), request);
        return await connect(serverUrl, token, { deviceId, deviceName });
      } catch (error) {
        return whyNotConnected(error);
      }
    },
  } satisfies Partial<CallHandlers>;
}
