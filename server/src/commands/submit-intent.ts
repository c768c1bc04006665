import type { AdminCommand } from '#contract/admin.ts';
import type { AdminCaller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import { readLogRow } from '../log/read-log.ts';
import { findOrder } from '../orders/order-rows.ts';
import { type Answer, answerIntent } from './answer-command.ts';

/**
 * Decides an admin's intent like a display's command, but without a ledger: an intent sets a state, so a repeat is
 * `already`. Refuses with `not_found` (no such store).
 */
export async function submitIntent(
  write: Write,
  { role, id, name }: AdminCaller,
  { storeId, orderId, baseVersion, ...intent }: AdminCommand,
  now: number,
): Promise<Answer> {
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
