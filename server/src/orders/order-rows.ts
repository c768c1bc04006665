import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import { searchText } from '#contract/search-text.ts';
import type { Status } from '#contract/status.ts';
import { CHECKED_COLUMNS, isWhole, withChecksum } from '../database/checked-rows.ts';
import { hotStatement } from '../database/hot-statement.ts';
import { firstSearchKey, nextSearchKey, searchKeyAfter } from '../database/search-key.ts';
import type { OrderRow, Tables } from '../database/tables.ts';
import { DamagedOrders } from './damaged-orders.ts';

type Db = Kysely<Tables>;

/** The columns that are needed to read an order. */
export const STORED_ORDER = [...CHECKED_COLUMNS.orders, 'checksum'] as const;
export type StoredOrder = Pick<OrderRow, (typeof STORED_ORDER)[number]>;

/** undefined: the row is damaged. */
export function orderFromRow(row: StoredOrder): Order | undefined {
  if (row.checksum !== null) return isWhole('orders', row) ? (JSON.parse(row.body) as Order) : undefined;
  try {
    const order = JSON.parse(row.body) as Order;
    const { id, status, version } = order;
    return id === row.id && status === row.status && version === row.version ? order : undefined;
  } catch {
    return undefined;
  }
}

/** JSON of the order, which is not parsed if the row has a checksum. undefined: the row is damaged. */
export function bodyFromRow(row: StoredOrder): string | undefined {
  const mayBeRead = row.checksum === null ? orderFromRow(row) !== undefined : isWhole('orders', row);
  return mayBeRead ? row.body : undefined;
}

/** Orders in place of damaged rows, by id; null: leave it out. */
export type Replacements = ReadonlyMap<string, Order | null>;

/** Throws {@link DamagedOrders} unless each damaged row has a replacement. */
export function ordersFromRows(rows: readonly StoredOrder[], replacements: Replacements): Order[] {
  const damaged: string[] = [];
  const orders = rows.flatMap((row) => {
    const order = orderFromRow(row) ?? replacements.get(row.id);
    if (order === undefined) damaged.push(row.id);
    return order ?? [];
  });
  if (damaged.length > 0) throw new DamagedOrders(damaged);
  return orders;
}

/** The order with this id if the store has it; `storeId` null looks in all stores. Throws {@link DamagedOrders}. */
export async function findOrder(
  db: Db,
  storeId: string | null,
  id: string,
  replacements: Replacements = new Map(),
): Promise<Order | undefined> {
  const rows = storeId === null ? await orderById(db, { id }) : await orderOfStore(db, { id, storeId });
  return ordersFromRows(rows, replacements)[0];
}

const orderById = hotStatement((db, { id }: { id: string }) =>
  db.selectFrom('orders').select(STORED_ORDER).where('id', '=', id),
);
const orderOfStore = hotStatement((db, { id, storeId }: { id: string; storeId: string }) =>
  db.selectFrom('orders').select(STORED_ORDER).where('id', '=', id).where('store_id', '=', storeId),
);

/** The store whose log has the order, even if deleted; null: there is no such order. An order never moves. */
export async function storeOfOrder(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('changes').select('store_id').where('order_id', '=', id).executeTakeFirst();
  return row?.store_id ?? null;
}

/** @param body JSON of the order */
export async function saveOrder(db: Db, order: Order, body: string): Promise<void> {
  const { status, statusSince, version } = order;
  if (version === 1) {
    await insertOrder(db, order, body, status === 'preparing' ? statusSince : null);
    return;
  }
  // Without those that never change, whose indexes would be written again.
  const { store_id: _store, created_at: _created, ...columns } = columnsOf(order, body);
  const update = UPDATES[status] ?? updateOrder;
  await update(db, { ...columns, since: statusSince });
}

type ChangedRow = Omit<ReturnType<typeof columnsOf>, 'store_id' | 'created_at'> & { since: string };
type Times = (eb: ExpressionBuilder<Tables, 'orders'>, since: string) => object;

/** @param times what an order's status does to its times */
const updateFor = (times: Times) =>
  hotStatement((db, { id, since, ...columns }: ChangedRow) =>
    db
      .updateTable('orders')
      .set((eb) => ({ ...columns, ...times(eb, since) }))
      .where('id', '=', id),
  );
const updateOrder = updateFor(() => ({}));
const UPDATES: Partial<Record<Status, typeof updateOrder>> = {
  // A recall means that it was not really started or ready.
  pending: updateFor(() => ({ started_at: null })),
  preparing: updateFor((eb, since) => ({
    started_at: eb.fn.coalesce('started_at', eb.val(since)),
    ready_at: null,
  })),
  ready: updateFor((eb, since) => ({ ready_at: eb.fn.coalesce('ready_at', eb.val(since)) })),
};

/** @param body JSON of the order */
export async function insertOrder(db: Db, order: Order, body: string, startedAt: string | null): Promise<void> {
  const keys = { firstKey: firstSearchKey(order.createdAt), keyAfter: searchKeyAfter(order.createdAt) };
  await insertRow(db, { ...columnsOf(order, body), started_at: startedAt, ...keys });
}

type NewRow = ReturnType<typeof columnsOf> & { started_at: string | null; firstKey: bigint; keyAfter: bigint };
const insertRow = hotStatement((db, { firstKey, keyAfter, ...row }: NewRow) =>
  db.insertInto('orders').values({ ...row, ready_at: null, search_key: nextSearchKey(db, firstKey, keyAfter) }),
);

function columnsOf(order: Order, body: string) {
  const stored = {
    id: order.id,
    store_id: order.storeId,
    status: order.status,
    version: order.version,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    due_at: order.dueAt,
    total_minor: order.totalMinor,
    body,
  };
  return {
    ...withChecksum('orders', stored),
    customer_ref: order.customer?.ref ?? null,
    search: searchText(order),
  };
}

/** Deletes the order and keeps its history: `order` is its last state, with the `seq` and time of the deletion. */
export async function deleteOrder(db: Db, order: Order): Promise<void> {
  await db.deleteFrom('orders').where('id', '=', order.id).execute();
  await db
    .insertInto('former_orders')
    .values({ order_id: order.id, store_id: order.storeId, last_seq: order.seq, last_at: order.updatedAt })
    .execute();
}
