/** One rush and one lull take this long; real ones take an evening, but nobody watches that long. */
const WAVE_MS = 12 * 60_000;
/** Orders a minute in the middle of a lull and of a rush. */
const LULL = 1.4;
const RUSH = 4;
/** The range of open orders: with fewer than the first, orders come faster; towards the second they stop. */
const FEW_TICKETS = 13;
const MANY_TICKETS = 24;

/**
 * Mean time until the next order, ms.
 *
 * @param sinceStart ms; the first minutes rise into a rush
 * @param open orders on the board now
 */
export function meanGap(sinceStart: number, open: number): number {
  const wave = (1 - Math.cos((2 * Math.PI * (sinceStart + WAVE_MS / 4)) / WAVE_MS)) / 2;
  const perMinute = LULL + (RUSH - LULL) * wave;
  const room = Math.min(Math.max((MANY_TICKETS - open) / (MANY_TICKETS - FEW_TICKETS), 0.02), 2);
  return 60_000 / (perMinute * room);
}
