import type { LinkCause } from '#contract/link.ts';
import type { Order } from '#contract/order.ts';

/**
 * What is worth a native notification. Data, not words: the host has the words, and the platform. Changed, cancelled and
 * escalated orders will be kinds of their own.
 */
export type Alert =
  | { kind: 'new_order'; order: Order }
  /** A burst: one for all of them. */
  | { kind: 'new_orders'; count: number }
  /** Nothing has come through for a minute; once for each time that it goes. */
  | { kind: 'link_lost'; cause: LinkCause | null };

/** More than so many at once are a burst (A2). */
const MOST_SINGLE = 3;

/** Rule A2: orders that came together become one alert each, or one for all of them. */
export function alertsOfNew(orders: readonly Order[]): Alert[] {
  if (orders.length > MOST_SINGLE) return [{ kind: 'new_orders', count: orders.length }];
  return orders.map((order) => ({ kind: 'new_order', order }));
}
