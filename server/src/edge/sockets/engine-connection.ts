import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';

/** A connection of engine.io, below Socket.io; not in its published types. */
export interface EngineConnection {
  request: IncomingMessage;
  on(event: 'packet', listener: (packet: { data?: string | Buffer }) => void): unknown;
  on(event: 'close', listener: (reason: string) => void): unknown;
  close(): void;
  transport: { socket: { pause(): void } };
}

/** How long a connection may take to close in order, ms. */
export const CLOSING_MS = 1_000;
/** What is still read of one that closes: what was under way, and the other side's own close. */
const CLOSING_BYTES = 64 * 1024;

/** Sends what waits, reads nothing more, and closes; cuts a connection whose other side does not close it. */
export function endConnection(connection: EngineConnection): void {
  connection.close();
  cutSoon(connection);
}

/**
 * Whoever closes a connection, also Socket.io itself: engine.io would wait 30 s for the other side, and parse whatever that goes on
 * to send.
 */
export function limitClosing(io: Server): void {
  io.engine.on('connection', (connection: EngineConnection) => {
    connection.on('close', () => {
      cutSoon(connection);
      let left = CLOSING_BYTES;
      connection.request.socket.on('data', ({ length }) => {
        left -= length;
        if (left < 0) connection.transport.socket.pause();
      });
    });
  });
}

function cutSoon({ request: { socket } }: EngineConnection): void {
  if (socket.destroyed) return;
  const cut = setTimeout(() => socket.destroy(), CLOSING_MS);
  socket.once('close', () => clearTimeout(cut));
}
