import type { Server } from 'socket.io';
import type { EngineConnection } from './engine-connection.ts';

/**
 * Ends the TCP connection of a display that no longer answers the heartbeat. A WebSocket's orderly close waits up to
 * 30 s for the other side, which never answers if only its sending direction is dead. The display still receives, and
 * would notice up to five seconds too late (both ends must detect a dead link within 12 s).
 */
export function endSilent(io: Server): void {
  io.engine.on('connection', (connection: EngineConnection) => {
    const tcp = connection.request.socket;
    connection.on('close', (reason: string) => {
      if (reason === 'ping timeout') tcp.destroy();
    });
  });
}
