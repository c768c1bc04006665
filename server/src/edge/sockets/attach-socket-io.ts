import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import { BEAT_MS, MAX_MESSAGE_BYTES } from '#contract/sync.ts';

/** The beginning of the addresses that are Socket.io's. */
export const SOCKET_IO_PATH = '/socket.io/';

/**
 * Only upgrades go to Socket.io; a plain request to its path is Fastify's, like any other unknown one.
 *
 * @param admits whether a request may become a connection
 */
export function attachSocketIo(http: HttpServer, admits: (request: IncomingMessage) => boolean): Server {
  const requestListeners = http.listeners('request') as ((...args: unknown[]) => void)[];
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    // The feed's listener answers upgrades of other addresses.
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: BEAT_MS,
    pingTimeout: BEAT_MS,
    connectTimeout: 10_000,
    allowEIO3: false,
    allowRequest: (request, answer) => answer(null, admits(request)),
  });
  http.removeAllListeners('request');
  for (const listener of requestListeners) http.on('request', listener);
  return io;
}
