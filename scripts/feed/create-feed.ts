import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Action } from './action.ts';
import { makeOrder } from './make-order.ts';
import { meanGap } from './pace.ts';
import { createRandom } from './random.ts';
import { fateOf } from './simulate-order.ts';

/** What is on the rail already when the doors open: how far along, and placed how long ago, seconds. */
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
/** They come one after another, so that a stranger sees the board fill. */
const OPENING_GAP_MS = 400;

/**
 * A dinner service, decided step by step from its seed, the time, and what is on the board. Whoever taps on a display
 * works with it: an order that was moved waits anew for its next step.
 */
export function createFeed(seed: number, startedAt: number) {
  const random = createRandom(seed);
  const opening = [...OPENING];
  let orderedAt = startedAt;
  let lookedAt = startedAt;

  /** An order that is there from the start, one that comes now, or none. */
  function arrival(now: number, open: number): { status: Status; ago: number } | null {
    const passed = now - lookedAt;
    lookedAt = now;
    if (opening.length > 0 && open < OPENING.length)
      return open === 0 || now - orderedAt >= OPENING_GAP_MS ? (opening.shift() ?? null) : null;
    // Chance without memory: however long nobody came, the board of this moment says how likely somebody is now.
    return random.chance(passed / meanGap(now - startedAt, open)) ? { status: 'pending', ago: 0 } : null;
  }

  /**
   * @param now ms
   * @param open all orders that are not closed
   */
  function next(now: number, open: Order[]): Action[] {
    const actions = open.flatMap((order) => fateOf(order, now));
    const arrived = arrival(now, open.length);
    if (!arrived) return actions;
    orderedAt = now;
    return [...actions, { type: 'create', draft: makeOrder(random, now, arrived.status, arrived.ago * 1_000) }];
  }
  return { next };
}
