import { startOfLocalDay } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import type { Orders } from './order-book.ts';

/** The orders of the store's day and those still open, newest first. */
export function ordersToday(orders: Orders, store: Pick<Store, 'id' | 'timeZone'>, now: number): Order[] {
  const from = new Date(startOfLocalDay(now, store.timeZone)).toISOString();
  return [...orders.values()]
    .filter(({ storeId, status, createdAt }) => storeId === store.id && (createdAt >= from || isOpen(status)))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
}
