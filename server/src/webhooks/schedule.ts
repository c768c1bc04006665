const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second … failed try of a message, ms (contract, section 11); after the last of them it is given up. */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** An endpoint that fails for this long is switched off, ms. */
export const GIVE_UP_AFTER_MS = 5 * 24 * HOUR;
/** Most by which a pause is longer, so that many endpoints of one receiver do not come back at the same moment. */
const JITTER = 0.1;

/**
 * The pause before the next try, ms; null: the message is given up.
 *
 * @param failed failed tries so far, at least 1
 * @param random from 0 to 1
 */
export function pauseAfter(failed: number, random: number): number | null {
  const pause = RETRY_AFTER_MS[failed - 1];
  return pause === undefined ? null : Math.round(pause * (1 + JITTER * random));
}
