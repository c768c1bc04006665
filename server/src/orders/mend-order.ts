import type { Damage } from '../database/damage.ts';
import { isUnreadable, storeTextAsRead } from '../database/store-text-as-read.ts';
import type { Write } from '../database/write-queue.ts';
import { lastWholeState } from './last-whole-state.ts';
import { missingOrders, putBack } from './missing-orders.ts';
import { orderFromRow } from './order-rows.ts';

/**
 * Rebuilds a damaged order from its newest readable change, or sets its row aside if there is none. If its id is what is
 * damaged, the order is one that the log has and the table lacks.
 *
 * @param at ISO
 * @returns null: the order is not damaged
 */
export async function mendOrder(write: Write, id: string, at: string): Promise<Damage | null> {
  const { tx } = write;
  const row = await damagedOrder(tx, id);
  if (!row || orderFromRow(row)) return null;
  await tx.deleteFrom('orders').where('id', '=', id).execute();
  const state = (await lastWholeState(tx, id)) ?? (await missingOrders(tx))[0];
  if (state) return putBack(write, state);
  const aside = { order_id: id, store_id: row.store_id, found_at: at, order_row: JSON.stringify(row) };
  await tx
    .insertInto('damaged_orders')
    .values(aside)
    .onConflict((oc) => oc.doNothing())
    .execute();
  return { row: 'order', outcome: 'left_out', storeId: row.store_id, orderId: id };
}

async function damagedOrder(tx: Write['tx'], id: string) {
  const find = () => tx.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
  const row = await find();
  if (row || !isUnreadable(id)) return row;
  await storeTextAsRead(tx, 'orders');
  return find();
}
