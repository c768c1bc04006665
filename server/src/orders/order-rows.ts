import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import { searchText } from '#contract/search-text.ts';
import type { Tables } from '../database/tables.ts';

type Db = Kysely<Tables>;

/** The order with this id if the store has it; `storeId` null looks in all stores. */
export async function findOrder(db: Db, storeId: string | null, id: string): Promise<Order | undefined> {
  let query = db.selectFrom('orders').select('body').where('id', '=', id);
  if (storeId !== null) query = query.where('store_id', '=', storeId);
  const row = await query.executeTakeFirst();
  return row && (JSON.parse(row.body) as Order);
}

/** The store whose log has the order, even if deleted; null: there is no such order. An order never moves. */
export async function storeOfOrder(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('changes').select('store_id').where('order_id', '=', id).executeTakeFirst();
  return row?.store_id ?? null;
}

/** @param body JSON of the order */
export async function saveOrder(db: Db, order: Order, body: string): Promise<void> {
  const { id, status, statusSince, version } = order;
  const values = {
    status,
    version,
    updated_at: order.updatedAt,
    due_at: order.dueAt,
    total_minor: order.totalMinor,
    search: searchText(order),
    body,
  };
  if (version === 1) {
    const started_at = status === 'preparing' ? statusSince : null;
    const created = { id, store_id: order.storeId, created_at: order.createdAt, started_at, ready_at: null };
    await db
      .insertInto('orders')
      .values({ ...values, ...created })
      .execute();
    return;
  }
  await db
    .updateTable('orders')
    .set((eb) => ({
      ...values,
      // A recall means that it was not really started or ready.
      ...(status === 'pending' && { started_at: null }),
      ...(status === 'preparing' && { started_at: eb.fn.coalesce('started_at', eb.val(statusSince)), ready_at: null }),
      ...(status === 'ready' && { ready_at: eb.fn.coalesce('ready_at', eb.val(statusSince)) }),
    }))
    .where('id', '=', id)
    .execute();
}

/** Deletes the order and keeps its history: `order` is its last state, with the `seq` and time of the deletion. */
export async function deleteOrder(db: Db, order: Order): Promise<void> {
  await db.deleteFrom('orders').where('id', '=', order.id).execute();
  await db
    .insertInto('former_orders')
    .values({ order_id: order.id, store_id: order.storeId, last_seq: order.seq, last_at: order.updatedAt })
    .execute();
}
