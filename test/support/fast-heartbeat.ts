import type { TestServer } from './server.ts';

/**
 * Finds new connections silent sooner than after ten seconds.
 *
 * @param answerWithinMs how long a ping may stay unanswered
 * @returns undoes it
 */
export function useFastHeartbeat({ server }: Pick<TestServer, 'server'>, answerWithinMs = 500): () => void {
  const { opts } = server.sockets.io.engine as unknown as { opts: { pingInterval: number; pingTimeout: number } };
  const { pingInterval, pingTimeout } = opts;
  Object.assign(opts, { pingInterval: 500, pingTimeout: answerWithinMs });
  return () => void Object.assign(opts, { pingInterval, pingTimeout });
}
