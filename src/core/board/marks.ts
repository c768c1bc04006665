import type { Order } from '#contract/order.ts';
import { isCalledOff, isOpen } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { OrderStore } from '../stores.ts';
import { marksOf } from './marks-of.ts';

export interface MarksOptions {
  cache: OrderStore;
  /** The order has a tap here that the server may not know yet. */
  tapped(orderId: string): boolean;
  /** The order as its ticket shows it now; undefined without a ticket. */
  onBoard(orderId: string): Order | undefined;
}

export type MarksKeeper = ReturnType<typeof createMarks>;

/**
 * Keeps the last-seen copy of orders that outsiders change or call off, until a person clears it or the order closes. It runs
 * in the transaction that applies a change, before the change. An unseen order (`pending`, not acknowledged) gets no marks.
 */
export function createMarks({ cache, tapped, onBoard }: MarksOptions) {
  const wasSeen = (order: Order): boolean =>
    order.status !== 'pending' || order.acknowledgedAt !== null || tapped(order.id);

  /** The copy of a called-off order, with the status of its ticket; none if it had no open ticket or a person has cleared it. */
  function endedFrom(before: Order, seen: Order | undefined): Order | undefined {
    if (!isOpen(before.status)) return seen;
    const status = onBoard(before.id)?.status;
    return status && isOpen(status) ? { ...before, status } : undefined;
  }

  function changed(orderId: string, changes: readonly Change[]): void {
    const after = changes.findLast(({ order }) => order !== undefined)?.order;
    const before = cache.get(orderId);
    if (!after || !before) return;
    const seen = cache.seen(orderId);
    if (!isOpen(after.status)) {
      const ended = isCalledOff(after.status) ? endedFrom(before, seen) : undefined;
      if (ended) cache.keepSeen(ended);
      else if (seen) cache.forgetSeen(orderId);
    } else if (changedBehind(changes, before, after, wasSeen(before))) {
      if (!seen && marksOf(before, after)) cache.keepSeen(before);
    } else if (seen && seen.dueAt !== after.dueAt) {
      // A display changed the due time: the kitchen knows.
      cache.keepSeen({ ...seen, dueAt: after.dueAt });
    }
  }

  return {
    batch(changes: readonly Change[]): void {
      for (const [orderId, own] of Map.groupBy(changes, (change) => change.orderId)) changed(orderId, own);
    },
    /**
     * The last-seen copies that remain after a snapshot of these orders. A snapshot does not say who changed an order, so a due
     * time set by a display gets a mark too.
     */
    over: (orders: readonly Order[]): Order[] =>
      orders.flatMap((order) => {
        const before = cache.get(order.id);
        const seen = cache.seen(order.id);
        if (before && isCalledOff(order.status)) return endedFrom(before, seen) ?? [];
        const from = seen ?? (before && wasSeen(before) ? before : undefined);
        return from && isOpen(order.status) && marksOf(from, order) ? [from] : [];
      }),
  };
}

/** Whether somebody other than a display changed the order after it was seen, or anybody sent items to another station. */
function changedBehind(changes: readonly Change[], before: Order, after: Order, wasSeen: boolean): boolean {
  let seen = wasSeen;
  for (const { type, by } of changes) {
    if (type === 'order_acknowledged' || type === 'order_status_changed') seen = true;
    else if (seen && type === 'order_updated' && by.role !== 'display') return true;
  }
  return seen && movesItems(before, after);
}

const movesItems = (before: Order, { items }: Order): boolean =>
  items.some(({ id, station }) => before.items.some((was) => was.id === id && was.station !== station));
