import type { Write } from '../database/write-queue.ts';
import { CLOSED_STATUSES } from '../orders/open-statuses.ts';

/** Deletes a block of closed orders not changed since `before` (ISO). @returns how many */
export async function dropOrders({ tx }: Write, storeId: string, before: string, block: number): Promise<number> {
  const rows = await tx
    .selectFrom('orders')
    .select(['id', 'updated_at'])
    .select((eb) =>
      eb
        .selectFrom('changes')
        .select((changes) => changes.fn.max('seq').as('last'))
        .whereRef('order_id', '=', 'orders.id')
        .as('last_seq'),
    )
    .where('store_id', '=', storeId)
    .where('updated_at', '<', before)
    .where('status', 'in', CLOSED_STATUSES)
    .limit(block)
    .execute();
  if (rows.length === 0) return 0;
  const former = rows.map((row) => ({
    order_id: row.id,
    store_id: storeId,
    last_seq: Number(row.last_seq),
    last_at: row.updated_at,
  }));
  await tx.insertInto('former_orders').values(former).execute();
  const ids = rows.map(({ id }) => id);
  await tx.deleteFrom('orders').where('id', 'in', ids).execute();
  await tx.deleteFrom('prints').where('order_id', 'in', ids).execute();
  await tx.deleteFrom('telegram_messages').where('about', 'in', ids).execute();
  return rows.length;
}

/**
 * Deletes the history of a block of former orders not changed since `before` (ISO). Changes that are still in the log
 * stay, because a log has no gaps (S1). @returns how many changes
 */
export async function dropHistory({ tx }: Write, storeId: string, before: string, block: number): Promise<number> {
  const rows = await tx
    .selectFrom('former_orders')
    .innerJoin('store_logs', 'store_logs.store_id', 'former_orders.store_id')
    .select('order_id')
    .where('former_orders.store_id', '=', storeId)
    .where('last_at', '<', before)
    .whereRef('last_seq', '<', 'min_seq')
    .limit(block)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.order_id);
  const gone = await tx.deleteFrom('changes').where('order_id', 'in', ids).executeTakeFirst();
  await tx.deleteFrom('former_orders').where('order_id', 'in', ids).execute();
  return Number(gone.numDeletedRows);
}
