import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AdminSocket } from './admin-namespace.ts';

/**
 * Resolves when everything emitted to a socket so far has left for the network, as far as the server can know without an
 * answer. Never resolves when the connection ends first.
 */
export async function whenFlushed(socket: AdminSocket): Promise<void> {
  // What waits because the network takes no more; not in the published types.
  const connection = socket.conn as unknown as { writeBuffer: unknown[]; once(event: 'drain', done: () => void): void };
  await nextTurn();
  while (connection.writeBuffer.length > 0) await new Promise<void>((done) => connection.once('drain', done));
}
