import { io } from 'socket.io-client';
import { BRIDGE_CALLS, BRIDGE_PUSHES, type Bridge, type PushName } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import { fail, type Result } from '#contract/errors.ts';

const ANSWER_WITHIN_MS = 10_000;

/** A page of the browser host without a browser; it validates everything it receives against the contract's schemas. */
export interface BridgePage extends Bridge {
  close(): void;
}

/**
 * Opens the address after `display ready`, as a browser does: exchanges the key for a cookie, then opens the bridge's socket.
 * Does not reconnect when that is lost.
 *
 * @throws when the host refuses it or does not answer within 10 s
 */
export async function openBridgePage(address: string): Promise<BridgePage> {
  const { origin } = new URL(address);
  const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`the host gave no cookie for its key: ${response.status} ${await response.text()}`);
  const socket = io(origin, {
    path: BRIDGE_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: ANSWER_WITHIN_MS,
    extraHeaders: { cookie, origin },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
    // A host that dies between the two handshakes causes neither event.
    socket.io.once('close', (reason) => reject(new Error(`the host hung up: ${reason}`)));
  });
  return {
    async call(name, input) {
      if (!socket.connected) return fail('unavailable', 'The page has lost its host.');
      let answer: Result<unknown>;
      try {
        answer = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('call', name, input);
      } catch {
        return fail('unavailable', 'The host did not answer.');
      }
      if (answer.ok) BRIDGE_CALLS[name].output.parse(answer.value);
      return answer as never;
    },
    on(name, listener) {
      const receive = (pushed: PushName, payload: unknown): void => {
        if (pushed === name) listener(BRIDGE_PUSHES[name].parse(payload) as never);
      };
      socket.on('push', receive);
      return () => socket.off('push', receive);
    },
    onCarrier(listener) {
      const down = (): void => listener(false);
      listener(socket.connected);
      socket.on('disconnect', down);
      return () => socket.off('disconnect', down);
    },
    close: () => socket.disconnect(),
  };
}
