import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';

/**
 * Most characters that wait for a connection. A display that reads has less: four batches, twice if it says hello again
 * before it has read them, and one answer.
 */
export const MAX_UNSENT = 2 * 1024 * 1024;

/**
 * Ends the TCP connection of a client that asks and does not read. An orderly close would wait until everything is
 * read. At most twice the limit is kept for it: what waits, and what the network is sending.
 */
export function endUnread(io: Server): void {
  io.engine.on('connection', (connection: { request: IncomingMessage; on: NodeJS.EventEmitter['on'] }) => {
    const tcp = connection.request.socket;
    let waiting = 0;
    connection.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
      waiting += data?.length ?? 0;
      if (waiting > MAX_UNSENT) tcp.destroy();
    });
    connection.on('flush', () => {
      waiting = 0;
    });
  });
}
