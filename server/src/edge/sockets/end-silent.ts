import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';

/**
 * Ends the TCP connection of a display that no longer answers the heartbeat. The orderly end of a WebSocket waits for
 * the other side's word, up to 30 s, and where only the way up is dead that word never comes: the display, which still
 * hears us, would learn of it up to five seconds too late (a dead link is known within 12 s at both ends).
 */
export function endSilent(io: Server): void {
  io.engine.on('connection', (connection: { request: IncomingMessage; on: NodeJS.EventEmitter['on'] }) => {
    const tcp = connection.request.socket;
    connection.on('close', (reason: string) => {
      if (reason === 'ping timeout') tcp.destroy();
    });
  });
}
