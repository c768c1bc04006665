import type { LinkCause } from '#contract/link.ts';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';

/**
 * What is worth a native notification. `new`: it rings (A2). `escalation`: it has rung for longer than the store allows.
 * `changed`, `cancelled`: somebody else did that to an order.
 */
export type OrderAlert = 'new' | 'escalation' | 'changed' | 'cancelled';

/** Data, not words: the host has the words, and the platform. */
export type Alert =
  /** More than one order: a burst, told as one. */
  | { kind: OrderAlert; orders: readonly [Order, ...Order[]] }
  /** Nothing has come through for a minute; once for each time that it goes. */
  | { kind: 'link'; cause: LinkCause | null };

/** More than so many at once are a burst (A2). */
const MOST_SINGLE = 3;

/** Rule A2: orders that came together become one alert each, or one for all of them. */
export function alertsOf(kind: OrderAlert, orders: readonly Order[]): Alert[] {
  const [first, ...rest] = orders;
  if (first && orders.length > MOST_SINGLE) return [{ kind, orders: [first, ...rest] }];
  return orders.map((order) => ({ kind, orders: [order] }));
}

/**
 * What a change means to who works on the order; null: nothing that they must be told. What this display did itself
 * (`deviceId`) its people know; what changed on another display is that kitchen's own doing, but for a cancellation.
 */
export function alertOfChange({ type, by, order }: Change, deviceId: string | null): 'changed' | 'cancelled' | null {
  if (by.role === 'display' && by.id === deviceId) return null;
  if (type === 'order_updated' && by.role !== 'display') return 'changed';
  return type === 'order_status_changed' && order?.status === 'cancelled' ? 'cancelled' : null;
}
