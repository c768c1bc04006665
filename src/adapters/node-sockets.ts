import { io } from 'socket.io-client';
import { HANDSHAKE_REFUSALS, type HandshakeRefusal } from '#contract/errors.ts';
import type { Sockets } from '#core/ports.ts';

const refusalOf = (error: Error): HandshakeRefusal | null => {
  const code = (error as { data?: { code?: unknown } }).data?.code;
  return HANDSHAKE_REFUSALS.find((refusal) => refusal === code) ?? null;
};
/** Whether the server itself refused: then the error has `data`, or at least is no transport error. */
const wasRefused = (error: Error): boolean =>
  'data' in error || !('type' in error && (error as { type?: unknown }).type === 'TransportError');

/**
 * Socket.io as a bare transport (sync.md, 1): websocket only, no reconnection, no retries. Its send buffer stays empty,
 * because nothing is emitted unless it is connected.
 */
export const nodeSockets: Sockets = {
  open(target, events) {
    const socket = io(`${target.origin}/store`, {
      auth: { token: target.token, protocol: target.protocol, appVersion: target.appVersion },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
    });
    const waiting = new Set<(error: Error) => void>();
    let over = false;
    const end = (notify?: () => void): void => {
      if (over) return;
      over = true;
      socket.off();
      socket.offAny();
      socket.sendBuffer.length = 0;
      socket.disconnect();
      for (const reject of waiting) reject(new Error('the socket closed before the answer came'));
      waiting.clear();
      notify?.();
    };
    socket.on('connect', () => events.connected());
    socket.on('connect_error', (error) =>
      end(() => (wasRefused(error) ? events.refused(refusalOf(error), error.message) : events.failed(error.message))),
    );
    socket.on('disconnect', (reason) => end(() => events.closed(reason)));
    socket.onAny((event: string, payload: unknown) => events.message(event, payload));
    socket.connect();

    return {
      request: (event, payload) =>
        new Promise((resolve, reject) => {
          if (over || !socket.connected) return reject(new Error('the socket is not connected'));
          waiting.add(reject);
          socket.emit(event, payload, (answer: unknown) => {
            waiting.delete(reject);
            resolve(answer);
          });
        }),
      send(event, payload) {
        if (!over && socket.connected) socket.emit(event, payload);
      },
      close: () => end(),
    };
  },
};
