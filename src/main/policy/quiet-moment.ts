/** How long nobody must have touched the machine, and no order come or moved, ms. */
const UNTOUCHED_MS = 10 * 60_000;
const NO_SERVICE_MS = 20 * 60_000;

/** Why the program must not restart now; the first reason that applies. */
export type Busy = 'unseen_order' | 'tap_waiting' | 'touched' | 'service';

export interface Moment {
  /** Orders that ring (A1). */
  unseen: number;
  /** Taps that the server has not answered. */
  waiting: number;
  /** Since somebody touched the machine, ms. */
  untouchedMs: number;
  /** Since an order came or moved on this board, ms. */
  noOrderMs: number;
}

/**
 * Why an update may not restart the program now; null: it may. A restart loses no data, but for some seconds no alarm can
 * ring.
 */
export function busyReason({ unseen, waiting, untouchedMs, noOrderMs }: Moment): Busy | null {
  if (unseen > 0) return 'unseen_order';
  if (waiting > 0) return 'tap_waiting';
  if (untouchedMs < UNTOUCHED_MS) return 'touched';
  if (noOrderMs < NO_SERVICE_MS) return 'service';
  return null;
}
