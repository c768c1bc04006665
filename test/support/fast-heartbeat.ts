import type { TestServer } from './server.ts';

/**
 * Makes new connections detect silence in less than ten seconds.
 *
 * @param answerWithinMs how long a ping may stay unanswered
 * @returns a function that undoes it
 */
export function useFastHeartbeat({ server }: Pick<TestServer, 'server'>, answerWithinMs = 500): () => void {
  const { opts } = server.sockets.io.engine as unknown as { opts: { pingInterval: number; pingTimeout: number } };
  const { pingInterval, pingTimeout } = opts;
  Object.assign(opts, { pingInterval: 500, pingTimeout: answerWithinMs });
  return () => void Object.assign(opts, { pingInterval, pingTimeout });
}
