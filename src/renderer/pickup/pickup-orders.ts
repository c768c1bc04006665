import type { Order } from '#contract/order.ts';
import type { BoardView } from '../view-store/board-view.ts';

/** How long an order that became ready is called, ms. */
export const CALLED_MS = 10_000;
/** An order that has been ready for longer is not called aloud any more, ms: after a break of the link there may be many. */
const STALE_MS = 60_000;

/** What customers see, by number only. */
export interface PickupOrders {
  /** In preparation, oldest first. */
  preparing: readonly Order[];
  /** To be collected, latest first. */
  ready: readonly Order[];
}

/** The orders that customers collect. One that nobody has started yet may still be rejected, so it is not shown. */
export function pickupOrders({ tickets }: BoardView): PickupOrders {
  const orders = [...tickets.values()].map(({ order }) => order).filter(isCollected);
  return {
    preparing: orders.filter(({ status }) => status === 'preparing').sort((a, b) => compare(a.placedAt, b.placedAt)),
    ready: orders.filter(({ status }) => status === 'ready').sort((a, b) => compare(b.statusSince, a.statusSince)),
  };
}

/**
 * The orders that became ready between two boards, first those that were ready first. None across a full reload of the board,
 * such as a start.
 *
 * @param at server time, ms
 */
export function newlyReady(before: BoardView, now: BoardView, at: number): readonly Order[] {
  if (before.tickets === now.tickets || before.resets !== now.resets) return [];
  return pickupOrders(now)
    .ready.filter(
      ({ id, statusSince }) =>
        before.tickets.get(id)?.order.status !== 'ready' && at - Date.parse(statusSince) < STALE_MS,
    )
    .toReversed();
}

/** Couriers and waiters collect the others. */
const isCollected = ({ fulfilment, table }: Order): boolean =>
  fulfilment === 'pickup' || (fulfilment === 'dine_in' && table === null);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
