import type { LinkCause } from '#contract/link.ts';
import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';

/** `new`: the order rings (A2). `escalation`: it has rung longer than the store allows. `changed`, `cancelled`: by somebody else. */
export type OrderAlert = 'new' | 'escalation' | 'changed' | 'cancelled';

/** A native notification as data; the host adds the words. */
export type Alert =
  /** Several orders: a summary. */
  | { kind: OrderAlert; orders: readonly [Order, ...Order[]] }
  /** The link has been down for a minute. */
  | { kind: 'link'; cause: LinkCause | null };

/** More at once become a summary (A2). */
const MOST_SINGLE = 3;

/** Rule A2: one alert for each order, or a summary of all. */
export function alertsOf(kind: OrderAlert, orders: readonly Order[]): Alert[] {
  const [first, ...rest] = orders;
  if (first && orders.length > MOST_SINGLE) return [{ kind, orders: [first, ...rest] }];
  return orders.map((order) => ({ kind, orders: [order] }));
}

/** The alert for a change; null for changes by this display (`deviceId`), and for those by other displays except cancellations. */
export function alertOfChange({ type, by, order }: Change, deviceId: string | null): 'changed' | 'cancelled' | null {
  if (by.role === 'display' && by.id === deviceId) return null;
  if (type === 'order_updated' && by.role !== 'display') return 'changed';
  return type === 'order_status_changed' && order?.status === 'cancelled' ? 'cancelled' : null;
}
