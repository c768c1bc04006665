import type { Kysely } from 'kysely';
import type { Damage, OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { lastWholeState, type WholeState } from './last-whole-state.ts';
import { insertOrder } from './order-rows.ts';

/** Orders that the log has, neither deleted nor expired, and that the table lacks. Reads the whole log. */
export async function missingOrders(db: Kysely<Tables>): Promise<WholeState[]> {
  const missing = await db
    .selectFrom('changes')
    .select('order_id')
    .distinct()
    .where('order_id', 'not in', db.selectFrom('orders').select('id'))
    .where('order_id', 'not in', db.selectFrom('former_orders').select('order_id'))
    .execute();
  const states: WholeState[] = [];
  for (const { order_id } of missing) {
    const state = await lastWholeState(db, order_id);
    if (state) states.push(state);
  }
  return states;
}

/** Puts an order back as it was after its newest readable change. Records no change: the log already has it. */
export async function putBack({ tx }: Write, { order, body, isLast }: WholeState): Promise<Damage> {
  // Only statistics need when it was started and ready, and those times may be damaged too.
  await insertOrder(tx, order, body, null);
  return { row: 'order', outcome: isLast ? 'rebuilt' : 'older', storeId: order.storeId, orderId: order.id };
}

/** Damage to a page of SQLite can take whole rows, of which nothing in the table tells. */
export async function putBackMissingOrders(db: Kysely<Tables>, queue: WriteQueue, onDamage: OnDamage): Promise<void> {
  for (const state of await missingOrders(db))
    onDamage(await queue.write(state.order.storeId, (write) => putBack(write, state)));
}
