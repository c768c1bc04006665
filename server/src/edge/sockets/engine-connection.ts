import type { IncomingMessage } from 'node:http';

/** A connection of engine.io, below Socket.io; not in its published types. */
export interface EngineConnection {
  request: IncomingMessage;
  on(event: 'packet', listener: (packet: { data?: string | Buffer }) => void): unknown;
  on(event: 'close', listener: (reason: string) => void): unknown;
  close(): void;
}

/** How long a connection may take to close in order, ms. */
export const CLOSING_MS = 1_000;

/** Sends what waits, reads nothing more, and closes; cuts a connection whose other side does not close it. */
export function endConnection(connection: EngineConnection): void {
  connection.close();
  const cut = setTimeout(() => connection.request.socket.destroy(), CLOSING_MS);
  connection.on('close', () => clearTimeout(cut));
}
