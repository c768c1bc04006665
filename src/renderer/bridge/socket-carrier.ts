import { io } from 'socket.io-client';
import type { BridgeError, Carrier } from '#contract/bridge.ts';
import { BRIDGE_PATH } from '#contract/bridge-path.ts';
import type { Result } from '#contract/errors.ts';

const ANSWER_WITHIN_MS = 10_000;
/** A host that refused the page (it restarted, it does not know the cookie yet) is asked again this often. */
const REFUSED_RETRY_MS = 3_000;

const NO_ANSWER: Result<never, BridgeError> = {
  ok: false,
  error: { code: 'unavailable', message: 'The display program does not answer.' },
};

/** The browser's carrier. Nothing is put into a socket that is not connected (C5): such a call fails at once. */
export function socketCarrier(): Carrier {
  const socket = io({
    path: BRIDGE_PATH,
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  });
  const again = () => {
    if (!socket.active) setTimeout(() => socket.connect(), REFUSED_RETRY_MS);
  };
  socket.on('connect_error', again);
  socket.on('disconnect', again);

  return {
    async call(name, input) {
      if (!socket.connected) return NO_ANSWER;
      try {
        return (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('call', name, input)) as Result<
          unknown,
          BridgeError
        >;
      } catch {
        return NO_ANSWER;
      }
    },
    onPush(listener) {
      socket.on('push', listener);
      return () => socket.off('push', listener);
    },
    onUp(listener) {
      const up = () => listener(true);
      const down = () => listener(false);
      listener(socket.connected);
      socket.on('connect', up);
      socket.on('disconnect', down);
      socket.on('connect_error', down);
      return () => {
        socket.off('connect', up);
        socket.off('disconnect', down);
        socket.off('connect_error', down);
      };
    },
  };
}
