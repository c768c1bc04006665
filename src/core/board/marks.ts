import type { Order } from '#contract/order.ts';
import { isCalledOff, isOpen } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { OrderStore } from '../stores.ts';
import { marksOf } from './marks-of.ts';

export interface MarksOptions {
  cache: OrderStore;
  /** Somebody has tapped this order here, and the server may not know it yet. */
  tapped(orderId: string): boolean;
  /** The order as it hangs here now, with the taps that wait laid over it; undefined: it does not. */
  onBoard(orderId: string): Order | undefined;
}

export type MarksKeeper = ReturnType<typeof createMarks>;

/**
 * Which orders were changed or called off behind the kitchen's back, kept as the order that was last seen here, until a
 * person says "seen" or the order is done. Called within the transaction that applies a change, before it: it asks the cache what was
 * there. What a person did not see was never changed for them: a `pending` order nobody acknowledged marks nothing.
 */
export function createMarks({ cache, tapped, onBoard }: MarksOptions) {
  const wasSeen = (order: Order): boolean =>
    order.status !== 'pending' || order.acknowledgedAt !== null || tapped(order.id);

  /**
   * An order that is called off is kept in the place where it hung. One that was closed here by a tap of our own, or hung
   * nowhere, is not; nor is one that a person has cleared.
   */
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
    } else if (changedBehind(changes, wasSeen(before))) {
      if (!seen && marksOf(before, after)) cache.keepSeen(before);
    } else if (seen && seen.dueAt !== after.dueAt) {
      // Another time, and by a display: the kitchen knows.
      cache.keepSeen({ ...seen, dueAt: after.dueAt });
    }
  }

  return {
    batch(changes: readonly Change[]): void {
      for (const [orderId, own] of Map.groupBy(changes, (change) => change.orderId)) changed(orderId, own);
    },
    /**
     * What a snapshot of these orders leaves as last seen; to be kept again once the cache was cleared. Who changed
     * them it does not say, so another time of the kitchen's own is told like a customer's.
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

/** Whether somebody who is no display changed what the order says, once it had been seen. */
function changedBehind(changes: readonly Change[], wasSeen: boolean): boolean {
  let seen = wasSeen;
  for (const { type, by } of changes) {
    if (type === 'order_acknowledged' || type === 'order_status_changed') seen = true;
    else if (seen && type === 'order_updated' && by.role !== 'display') return true;
  }
  return false;
}
