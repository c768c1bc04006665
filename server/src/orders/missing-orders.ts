import type { Kysely } from 'kysely';
import type { Damage, OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import { type Deletion, lastWholeState, type WholeState } from './last-whole-state.ts';
import { insertOrder } from './order-rows.ts';

/** Orders that the log has, not deleted, and that the table lacks. Reads the whole log. */
export async function missingOrders(db: Kysely<Tables>): Promise<WholeState[]> {
  return (await ordersOfNoTable(db)).filter(({ deletion }) => deletion === null);
}

/** Orders that the log has, and that are neither in the table nor among the former ones. */
async function ordersOfNoTable(db: Kysely<Tables>): Promise<WholeState[]> {
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

/** Notes again that an order was deleted, by which its history will be deleted in time. */
async function putBackFormer({ tx }: Write, { order }: WholeState, { seq, at }: Deletion): Promise<Damage> {
  const { id, storeId } = order;
  const former = { order_id: id, store_id: storeId, last_seq: seq, last_at: at };
  await tx.insertInto('former_orders').values(former).execute();
  return { row: 'deleted order', outcome: 'rebuilt', storeId, orderId: id };
}

/** Damage to a page of SQLite can take whole rows, of which nothing in the tables tells. */
export async function putBackMissingOrders(db: Kysely<Tables>, queue: WriteQueue, onDamage: OnDamage): Promise<void> {
  for (const state of await ordersOfNoTable(db)) {
    const { order, deletion } = state;
    const mend = (write: Write) => (deletion ? putBackFormer(write, state, deletion) : putBack(write, state));
    onDamage(await queue.write(order.storeId, mend));
  }
}
