import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a page's script runs: only then a window shows orders and rings. */
export function createPageReady() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    /** A page has made a call. */
    heard: (): void => resolve(),
    /** Waits for the first call of a page. @throws if none comes within this time, ms */
    async wait(withinMs: number): Promise<void> {
      const tooLate = async () => {
        await sleep(withinMs, undefined, { ref: false });
        throw new Error(`The page of the window has not started within ${withinMs / 1_000} seconds.`);
      };
      await Promise.race([promise, tooLate()]);
    },
  };
}
