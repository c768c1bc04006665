import type { AdminCaller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import { findOrder } from '../orders/order-rows.ts';
import type { AdminIntent } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { type Answer, answerIntent } from './answer-command.ts';

/**
 * Decides an admin's intent like a display's command, but without a ledger: an intent sets a state, so a repeat is
 * `already`. Refuses with `not_found` (no such store).
 */
export async function submitIntent(
  write: Write,
  { role, id, name }: AdminCaller,
  { storeId, orderId, intent, baseVersion }: AdminIntent,
  now: number,
): Promise<Answer> {
  const log = await write.tx.selectFrom('store_logs').select('head').where('store_id', '=', storeId).executeTakeFirst();
  if (!log) throw new ServiceError('not_found', 'There is no such store.');
  const order = await findOrder(write.tx, storeId, orderId);
  return answerIntent(write, {
    order,
    intent,
    seq: log.head,
    by: { role, id, name },
    context: { now, issuedAt: now, baseVersion: baseVersion ?? order?.version ?? 0, by: name, anyPayment: true },
  });
}
