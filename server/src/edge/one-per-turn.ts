import { setImmediate as nextTurn } from 'node:timers/promises';

/** Resolves in a turn of the event loop in which it resolves for nobody else. */
export type OnePerTurn = () => Promise<void>;

/**
 * For the work that many clients cause at the same moment: all of it in one turn of the event loop would hold up everybody
 * else.
 */
export function createOnePerTurn(): OnePerTurn {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => nextTurn());
    return last;
  };
}
