import type { z } from 'zod';
import type { OrderDraft } from '#contract/order.ts';
import { openDatabase } from '../database/open-database.ts';
import { newOrder } from '../orders/new-order.ts';
import { insertOrder } from '../orders/order-rows.ts';
import { draft } from './shop.ts';

const MINUTE = 60_000;

export interface ManyOrders {
  storeId: string;
  count: number;
  /** ms since 1970 of the newest one; each is a minute older than the next. */
  newest: number;
  /** What the order differs in; 0 is the oldest. */
  over?: (i: number) => Partial<z.input<typeof OrderDraft>>;
}

/** Writes closed orders straight into a database that a service has open: many in little time, and not in the log. */
export async function addManyOrders(file: string, { storeId, count, newest, over }: ManyOrders): Promise<void> {
  const { db, close } = await openDatabase(`file:${file}`, { now: newest, onFault: () => {}, shared: true });
  await db.transaction().execute(async (tx) => {
    for (let i = 0; i < count; i++) {
      const at = new Date(newest - (count - 1 - i) * MINUTE).toISOString();
      const id = `many-${storeId}-${String(i).padStart(7, '0')}`;
      const made = newOrder(draft({ status: 'completed', ...over?.(i) }), { id, storeId, number: `${i}`, at });
      const order = { ...made, seq: 0 };
      await insertOrder(tx, order, JSON.stringify(order), at);
    }
  });
  await close();
}
