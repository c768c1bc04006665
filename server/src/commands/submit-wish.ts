import type { Write } from '../database/write-door.ts';
import { findOrder } from '../orders/order-rows.ts';
import { type AdminCaller, type AdminWish, Refusal } from '../service.ts';
import { type Answer, answerWish } from './answer-command.ts';

/**
 * What an admin wishes of one order, decided like a display's command but without a number: every wish says what is to be,
 * not by how much, so a repeat is `already`. Refuses with `not_found` (no such store).
 */
export async function submitWish(
  write: Write,
  { role, id, name }: AdminCaller,
  { storeId, orderId, wish, baseVersion }: AdminWish,
  now: number,
): Promise<Answer> {
  const log = await write.tx.selectFrom('store_logs').select('head').where('store_id', '=', storeId).executeTakeFirst();
  if (!log) throw new Refusal('not_found', 'There is no such store.');
  const order = await findOrder(write.tx, storeId, orderId);
  return answerWish(write, {
    order,
    wish,
    seq: log.head,
    by: { role, id, name },
    context: { now, issuedAt: now, baseVersion: baseVersion ?? order?.version ?? 0, by: name, anyPayment: true },
  });
}
