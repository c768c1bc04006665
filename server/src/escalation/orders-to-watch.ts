import type { Kysely } from 'kysely';
import type { Escalation } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import { OPEN_STATUSES } from '../orders/open-statuses.ts';
import type { WatchableOrder } from './watched-order.ts';

/**
 * The orders that a start has to look at again, each with the number of the change it came with: those that are pending,
 * the open ones that no display of their store has, and those with an escalation that is still open.
 *
 * @param furthest what the displays of a store have on their disks
 */
export async function ordersToWatch(
  db: Kysely<Tables>,
  open: readonly Escalation[],
  furthest: (storeId: string) => number,
): Promise<{ order: WatchableOrder; seq: number }[]> {
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
  const found = new Map<string, { order: WatchableOrder; seq: number }>();
  const keep = (rows: Awaited<ReturnType<(typeof orders)['execute']>>): void => {
    for (const { id, store_id: storeId, status, created_at: createdAt, body, seq } of rows)
      found.set(id, { order: { id, storeId, status, createdAt, ...told(id, body) }, seq: Number(seq ?? 0) });
  };

  for (const { id } of await db.selectFrom('stores').select('id').execute()) {
    const ofStore = orders.where('store_id', '=', id);
    keep(await ofStore.where('status', '=', 'pending').execute());
    const unseen = db
      .selectFrom('changes')
      .select('order_id')
      .where('store_id', '=', id)
      .where('seq', '>', furthest(id))
      .where('type', '=', 'order_created');
    keep(await ofStore.where('status', 'in', OPEN_STATUSES).where('id', 'in', unseen).execute());
  }
  for (const { orderId } of open) if (!found.has(orderId)) keep(await orders.where('id', '=', orderId).execute());
  return [...found.values()];
}

/** An order that cannot be read must not keep the shop from opening; it is watched over all the same. */
function told(id: string, body: string): Pick<Order, 'number' | 'acknowledgedAt'> {
  try {
    const { number, acknowledgedAt } = JSON.parse(body) as Order;
    return { number, acknowledgedAt };
  } catch {
    return { number: id, acknowledgedAt: null };
  }
}
