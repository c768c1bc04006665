import type { Clock } from '../ports.ts';

/** What {@link limited} rejects with when the time is up. */
export class TimeIsUp extends Error {}

/** The promise's own outcome, or a rejection with {@link TimeIsUp} after `ms`, when `late` is called. */
export function limited<T>(clock: Clock, ms: number, promise: Promise<T>, late?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(new TimeIsUp(`no answer within ${ms} ms`));
      late?.();
    });
    promise.then(resolve, reject).finally(cancel);
  });
}
