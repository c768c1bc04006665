import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Tables } from '../database/tables.ts';
import { isWholeChange } from '../log/change-rows.ts';

/** Most changes read of one order, the newest: one that goes to and fro has no more steps to show. */
const MOST = 50;

/** The statuses that an order came to, oldest first, with the times; without damaged changes. */
export async function readSteps(
  db: Kysely<Tables>,
  storeId: string,
  orderId: string,
): Promise<{ status: Status; at: string }[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('store_id', '=', storeId)
    .where('type', 'in', ['order_created', 'order_status_changed'])
    .orderBy('seq', 'desc')
    .limit(MOST)
    .execute();
  return rows
    .reverse()
    .filter(isWholeChange)
    .flatMap(({ body }) => {
      if (body === null) return [];
      const { status, statusSince: at } = JSON.parse(body) as Order;
      return [{ status, at }];
    });
}
