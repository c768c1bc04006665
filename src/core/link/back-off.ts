/** First and longest wait before another try, ms (L1). */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next try, in ms: full jitter under a ceiling that doubles (L1), so that a hundred
 * displays do not come back in the same instant.
 *
 * @param failures tries that have failed in a row; 0 and more, without end (C5)
 * @param random 0 ≤ x < 1
 */
export function backOffMs(failures: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
}
