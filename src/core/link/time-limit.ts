import type { Clock } from '../ports.ts';

/** The rejection of {@link limited} on timeout. */
export class TimeIsUp extends Error {}

/** Settles like `promise`; after `ms`, rejects with {@link TimeIsUp} and calls `late`. */
export function limited<T>(clock: Clock, ms: number, promise: Promise<T>, late?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(new TimeIsUp(`no answer within ${ms} ms`));
      late?.();
    });
    promise.then(resolve, reject).finally(cancel);
  });
}
