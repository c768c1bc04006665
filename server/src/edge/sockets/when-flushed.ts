import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AdminSocket } from './admin-namespace.ts';

/**
 * Resolves when what was said to a socket before has left for the network, as far as the server can know without an answer;
 * not at all when the connection ends before.
 */
export async function whenFlushed(socket: AdminSocket): Promise<void> {
  // What waits because the network does not take any more; not part of its typed face.
  const connection = socket.conn as unknown as { writeBuffer: unknown[]; once(event: 'drain', done: () => void): void };
  await nextTurn();
  while (connection.writeBuffer.length > 0) await new Promise<void>((done) => connection.once('drain', done));
}
