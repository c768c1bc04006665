import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Resolves when everything emitted to a socket so far is flushed to the network, as far as the server can know without
 * an answer. Never resolves if the connection ends first.
 */
export async function whenFlushed(socket: { conn: unknown }): Promise<void> {
  // The packets that wait for the network; not in the published types.
  const connection = socket.conn as unknown as { writeBuffer: unknown[]; once(event: 'drain', done: () => void): void };
  await nextTurn();
  while (connection.writeBuffer.length > 0) await new Promise<void>((done) => connection.once('drain', done));
}
