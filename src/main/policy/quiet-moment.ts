/** Nobody has touched anything for so long, and no order has come or moved for so long, ms. */
const UNTOUCHED_MS = 10 * 60_000;
const NO_SERVICE_MS = 20 * 60_000;

/** Why this is no moment to be away for some seconds; the first that holds. */
export type Busy = 'unseen_order' | 'tap_waiting' | 'touched' | 'service';

export interface Moment {
  /** Orders that ring (A1). */
  unseen: number;
  /** Taps that the server has not answered. */
  waiting: number;
  /** Since somebody touched the machine, ms. */
  untouchedMs: number;
  /** Since an order came or moved on this board, from wherever, ms: service, whether or not anybody is in sight. */
  noOrderMs: number;
}

/**
 * Whether an update may restart the program now; null: it may. A restart loses nothing, since all is on disk, but for its
 * seconds nobody hears the bell.
 */
export function busyWith({ unseen, waiting, untouchedMs, noOrderMs }: Moment): Busy | null {
  if (unseen > 0) return 'unseen_order';
  if (waiting > 0) return 'tap_waiting';
  if (untouchedMs < UNTOUCHED_MS) return 'touched';
  if (noOrderMs < NO_SERVICE_MS) return 'service';
  return null;
}
