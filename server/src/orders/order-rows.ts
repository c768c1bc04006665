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

/** The store in whose log the order is, also when it is deleted; null: there is no such order. An order never moves. */
export async function storeOfOrder(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('changes').select('store_id').where('order_id', '=', id).executeTakeFirst();
  return row?.store_id ?? null;
}

/** @param body JSON of the order */
export async function saveOrder(db: Db, order: Order, body: string): Promise<void> {
  if (order.version === 1) await insertOrder(db, order, body);
  else await updateOrder(db, order, body);
}

/** The order goes, its history stays: `order` is how it last was, with the `seq` and time of its going. */
export async function deleteOrder(db: Db, order: Order): Promise<void> {
  await db.deleteFrom('orders').where('id', '=', order.id).execute();
  await db
    .insertInto('former_orders')
    .values({ order_id: order.id, store_id: order.storeId, last_seq: order.seq, last_at: order.updatedAt })
    .execute();
}

async function insertOrder(db: Db, order: Order, body: string): Promise<void> {
  await db
    .insertInto('orders')
    .values({
      id: order.id,
      store_id: order.storeId,
      status: order.status,
      version: order.version,
      created_at: order.createdAt,
      updated_at: order.updatedAt,
      due_at: order.dueAt,
      started_at: order.status === 'preparing' ? order.statusSince : null,
      ready_at: null,
      total_minor: order.totalMinor,
      search: searchText(order),
      body,
    })
    .execute();
}

async function updateOrder(db: Db, order: Order, body: string): Promise<void> {
  const { status, statusSince } = order;
  await db
    .updateTable('orders')
    .set((eb) => ({
      status,
      version: order.version,
      updated_at: order.updatedAt,
      due_at: order.dueAt,
      // A recall means that it was not begun, or not ready, after all.
      ...(status === 'pending' && { started_at: null }),
      ...(status === 'preparing' && { started_at: eb.fn.coalesce('started_at', eb.val(statusSince)), ready_at: null }),
      ...(status === 'ready' && { ready_at: eb.fn.coalesce('ready_at', eb.val(statusSince)) }),
      total_minor: order.totalMinor,
      search: searchText(order),
      body,
    }))
    .where('id', '=', order.id)
    .execute();
}
