import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** For bounds that the contract names in ms: what a busy machine may add. */
export const SLACK_MS = 1_500;

/** Asks again and again until the answer is neither null, undefined nor false; fails after `ms`, naming `what`. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  ms = 10_000,
): Promise<Exclude<T, null | undefined | false>> {
  const end = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen as Exclude<T, null | undefined | false>;
    if (performance.now() > end) throw new Error(`did not happen within ${ms / 1_000} s: ${what}`);
    await sleep(10);
  }
}
