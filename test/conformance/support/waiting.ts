import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** For bounds that the contract names in ms: what a busy machine may add. */
export const SLACK_MS = 1_500;

/** Repeats `look` until it gives neither null, undefined nor false; fails after `ms`, naming `what`. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  ms = 10_000,
): Promise<Exclude<T, null | undefined | false>> {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(10)) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen as Exclude<T, null | undefined | false>;
  }
  throw new Error(`did not happen within ${ms / 1_000} s: ${what}`);
}
