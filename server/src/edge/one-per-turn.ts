/** Resolves in a turn of the event loop that it resolves for nobody else. */
export type OnePerTurn = () => Promise<void>;

/**
 * For the work that many clients cause at the same moment: all of it in one turn of the event loop would hold up everybody
 * else.
 */
export function createOnePerTurn(): OnePerTurn {
  const waiting: (() => void)[] = [];

  function next(): void {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
}
