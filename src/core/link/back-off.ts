/** Shortest and longest wait before a retry, ms (L1). */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next try, in ms. Full jitter under a ceiling that doubles (L1) keeps a hundred displays
 * from reconnecting at the same instant.
 *
 * @param failures consecutive failed tries; 0 or more, unlimited (C5)
 * @param random 0 ≤ x < 1
 */
export function backOffMs(failures: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
}
