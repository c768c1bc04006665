import type { Kysely } from 'kysely';
import type { OrderEscalation } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import { OPEN_STATUSES } from '../orders/open-statuses.ts';
import type { OrderToMonitor } from './monitored-order.ts';

/**
 * The orders to monitor after a start, each with the `seq` of its first change: pending ones, open ones that no display
 * of their store has, and those with an open escalation.
 *
 * @param maxAckedSeq the highest `seq` that a display of the store has stored
 */
export async function ordersToMonitor(
  db: Kysely<Tables>,
  open: readonly OrderEscalation[],
  maxAckedSeq: (storeId: string) => number,
): Promise<{ order: OrderToMonitor; seq: number }[]> {
  const orders = db
    .selectFrom('orders')
    .select(['id', 'store_id', 'status', 'created_at', 'body'])
    .select((eb) =>
      eb
        .selectFrom('changes')
        .select((changes) => changes.fn.min('seq').as('first'))
        .whereRef('order_id', '=', 'orders.id')
        .as('seq'),
    );
  const found = new Map<string, { order: OrderToMonitor; seq: number }>();
  const keep = (rows: Awaited<ReturnType<(typeof orders)['execute']>>): void => {
    for (const { id, store_id: storeId, status, created_at: createdAt, body, seq } of rows)
      found.set(id, { order: { id, storeId, status, createdAt, ...readBody(id, body) }, seq: Number(seq ?? 0) });
  };

  for (const { id } of await db.selectFrom('stores').select('id').execute()) {
    const ofStore = orders.where('store_id', '=', id);
    keep(await ofStore.where('status', '=', 'pending').execute());
    const unseen = db
      .selectFrom('changes')
      .select('order_id')
      .where('store_id', '=', id)
      .where('seq', '>', maxAckedSeq(id))
      .where('type', '=', 'order_created');
    keep(await ofStore.where('status', 'in', OPEN_STATUSES).where('id', 'in', unseen).execute());
  }
  for (const { orderId } of open) if (!found.has(orderId)) keep(await orders.where('id', '=', orderId).execute());
  return [...found.values()];
}

/** An unreadable order must not prevent the start; it is still monitored. */
function readBody(id: string, body: string): Pick<Order, 'number' | 'acknowledgedAt'> {
  try {
    const { number, acknowledgedAt } = JSON.parse(body) as Order;
    return { number, acknowledgedAt };
  } catch {
    return { number: id, acknowledgedAt: null };
  }
}
