import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import { makeOrder } from './make-order.ts';
import { meanGap } from './pace.ts';
import { createRandom } from './random.ts';
import { type Action, simulateOrder } from './simulate-order.ts';

/** The orders at the start: their status, and how many seconds ago they were placed. */
const OPENING: { status: Status; ago: number }[] = [
  { status: 'preparing', ago: 280 },
  { status: 'pending', ago: 20 },
  { status: 'ready', ago: 560 },
  { status: 'preparing', ago: 120 },
  { status: 'preparing', ago: 420 },
  { status: 'pending', ago: 5 },
  { status: 'preparing', ago: 60 },
  { status: 'preparing', ago: 200 },
  { status: 'ready', ago: 400 },
  { status: 'preparing', ago: 30 },
];
/** The opening orders come one after another, so that the board fills visibly. */
const OPENING_GAP_MS = 400;

/**
 * A dinner service that decides each step from its seed, the time and the board. People can tap meanwhile: an order that
 * somebody moved stays in its new status for the usual time.
 */
export function createFeed(seed: number, startedAt: number) {
  const random = createRandom(seed);
  const opening = [...OPENING];
  let orderedAt = startedAt;
  let lookedAt = startedAt;

  /** The next order of the opening, one that comes now, or none. */
  function arrival(now: number, open: number): { status: Status; ago: number } | null {
    const passed = now - lookedAt;
    lookedAt = now;
    if (opening.length > 0 && open < OPENING.length)
      return open === 0 || now - orderedAt >= OPENING_GAP_MS ? (opening.shift() ?? null) : null;
    // Stateless: only the current board decides how likely an order is now.
    return random.chance(passed / meanGap(now - startedAt, open)) ? { status: 'pending', ago: 0 } : null;
  }

  /**
   * @param now ms
   * @param open all orders that are not closed
   */
  function next(now: number, open: Order[]): Action[] {
    const actions = open.flatMap((order) => simulateOrder(order, now));
    const arrived = arrival(now, open.length);
    if (!arrived) return actions;
    orderedAt = now;
    return [...actions, { type: 'create', draft: makeOrder(random, now, arrived.status, arrived.ago * 1_000) }];
  }
  return { next };
}
