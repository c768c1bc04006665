import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Action } from './action.ts';
import { fateOf } from './fate.ts';
import { makeOrder } from './make-order.ts';
import { meanGap } from './pace.ts';
import { createRandom } from './random.ts';

/** What is on the rail already when the doors open: how far along, and placed how long ago, seconds. */
const OPENING: { status: Status; ago: number }[] = [
  { status: 'preparing', ago: 280 },
  { status: 'pending', ago: 20 },
  { status: 'ready', ago: 560 },
  { status: 'preparing', ago: 120 },
  { status: 'preparing', ago: 420 },
  { status: 'pending', ago: 5 },
  { status: 'preparing', ago: 60 },
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
  let nextOrderAt = startedAt;

  /**
   * @param now ms
   * @param open all orders that are not closed
   */
  function next(now: number, open: Order[]): Action[] {
    const actions = open.flatMap((order) => fateOf(order, now));
    if (now < nextOrderAt) return actions;
    const first = open.length < OPENING.length ? opening.shift() : undefined;
    nextOrderAt = now + (first ? OPENING_GAP_MS : random.gap(meanGap(now - startedAt, open.length)));
    return [...actions, { type: 'create', draft: makeOrder(random, now, first?.status, (first?.ago ?? 0) * 1_000) }];
  }
  return { next };
}
