import type { Damage } from '../database/damage.ts';
import type { Write } from '../database/write-queue.ts';
import { lastWholeState, type WholeState } from './last-whole-state.ts';
import { insertOrder, orderFromRow } from './order-rows.ts';

/**
 * Rebuilds a damaged order from its newest readable change, or sets its row aside if there is none. If its id is what is
 * damaged, the order is one that the log has and the table lacks. Records no change:
 * the log already has what the order says.
 *
 * @param at ISO
 * @returns null: the order is not damaged
 */
export async function mendOrder({ tx }: Write, id: string, at: string): Promise<Damage | null> {
  const row = await tx.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || orderFromRow(row)) return null;
  await tx.deleteFrom('orders').where('id', '=', id).execute();
  const state = (await lastWholeState(tx, id)) ?? (await missingOrder(tx));
  if (state) {
    const { order, body, isLast } = state;
    // Only statistics need when it was started and ready, and those times may be damaged too.
    await insertOrder(tx, order, body, null);
    return { row: 'order', outcome: isLast ? 'rebuilt' : 'older', storeId: order.storeId, orderId: order.id };
  }
  const aside = { order_id: id, store_id: row.store_id, found_at: at, order_row: JSON.stringify(row) };
  await tx
    .insertInto('damaged_orders')
    .values(aside)
    .onConflict((oc) => oc.doNothing())
    .execute();
  return { row: 'order', outcome: 'left_out', storeId: row.store_id, orderId: id };
}

/** An order that the log has, neither deleted nor expired, and that is missing in the table. */
async function missingOrder(tx: Write['tx']): Promise<WholeState | undefined> {
  const missing = await tx
    .selectFrom('changes')
    .select('order_id')
    .distinct()
    .where('order_id', 'not in', tx.selectFrom('orders').select('id'))
    .where('order_id', 'not in', tx.selectFrom('former_orders').select('order_id'))
    .execute();
  for (const { order_id } of missing) {
    const state = await lastWholeState(tx, order_id);
    if (state) return state;
  }
  return undefined;
}
