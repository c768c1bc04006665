import type { AdminCommand } from '#contract/admin.ts';
import type { ManagingCaller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import { readLogRow } from '../log/read-log.ts';
import { findOrder } from '../orders/order-rows.ts';
import { ServiceError } from '../service-error.ts';
import { type Answer, answerIntent } from './answer-command.ts';

/**
 * Decides the intent of an admin or manager like a display's command, but without a ledger: an intent sets a state, so a
 * repeat is `already`. Refuses with `not_found` (no such store, or not the manager's).
 */
export async function submitIntent(
  write: Write,
  { role, id, name, storeId: own }: ManagingCaller,
  { storeId, orderId, baseVersion, ...intent }: AdminCommand,
  now: number,
): Promise<Answer> {
  if (own !== null && own !== storeId) throw new ServiceError('not_found', 'There is no such store.');
  const { head: seq } = await readLogRow(write.tx, storeId);
  const order = await findOrder(write.tx, storeId, orderId);
  return answerIntent(write, {
    order,
    intent,
    seq,
    by: { role, id, name },
    context: { now, issuedAt: now, baseVersion: baseVersion ?? order?.version ?? 0, by: name, anyPayment: true },
  });
}
