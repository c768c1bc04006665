import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Tables } from '../database/tables.ts';
import { isWholeChange } from '../log/change-rows.ts';

/** Changes read at a time; the first one is nearly always readable. */
const ROWS = 10;

/** The change that deleted an order; `at`: ISO. */
export interface Deletion {
  seq: number;
  at: string;
}

/** An order after its newest readable change that has its state. */
export interface WholeState {
  order: Order;
  /** JSON of the order. */
  body: string;
  /** Whether no later change of the order is damaged. */
  isLast: boolean;
  /** What deleted it afterwards; null: nothing that is readable. */
  deletion: Deletion | null;
}

/** undefined: the order has no readable change with its state. */
export async function lastWholeState(db: Kysely<Tables>, orderId: string): Promise<WholeState | undefined> {
  let isLast = true;
  let deletion: Deletion | null = null;
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await db
      .selectFrom('changes')
      .selectAll()
      .where('order_id', '=', orderId)
      .where('seq', '<', below)
      .orderBy('seq', 'desc')
      .limit(ROWS)
      .execute();
    for (const row of rows) {
      const whole = isWholeChange(row);
      if (whole && row.body !== null) return { order: JSON.parse(row.body) as Order, body: row.body, isLast, deletion };
      if (whole) deletion = { seq: row.seq, at: row.at };
      else isLast = false;
      below = row.seq;
    }
    if (rows.length < ROWS) return undefined;
  }
}
