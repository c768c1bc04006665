import { setTimeout as pause } from 'node:timers/promises';

/**
 * A rest between two pieces of work that nobody waits for. All that call it share it: each call resolves `ms` after the one
 * before, so that together they leave time to everything else.
 */
export function createRest(ms: number): () => Promise<void> {
  let rested: Promise<void> = Promise.resolve();
  return () => {
    rested = rested.then(() => pause(ms, undefined, { ref: false }));
    return rested;
  };
}
