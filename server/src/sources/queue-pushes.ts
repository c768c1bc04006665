import type { Changes } from '#contract/sync.ts';
import { STORED_ORDER } from '../orders/order-rows.ts';
import type { RunParts } from './run-parts.ts';
import { marksOfOrders } from './source-marks.ts';
import type { SourceRow } from './source-tables.ts';

const SAYS_STATUS = new Set(['order_created', 'order_status_changed']);

/**
 * Stores the newest status of each order of the source that a batch of the log changed and that the service does not know.
 *
 * @returns whether there is one
 */
export async function queuePushes(
  { queue, now }: Pick<RunParts, 'queue' | 'now'>,
  source: SourceRow,
  { changes }: Changes,
): Promise<boolean> {
  const ids = [...new Set(changes.flatMap(({ type, orderId }) => (SAYS_STATUS.has(type) ? orderId : [])))];
  if (ids.length === 0) return false;
  return queue.write(source.store_id, async ({ tx }) => {
    const marks = await marksOfOrders(tx, source, ids);
    if (marks.length === 0) return false;
    const orders = await tx
      .selectFrom('orders')
      .select(STORED_ORDER)
      .where(
        'id',
        'in',
        marks.map(({ order_id }) => order_id),
      )
      .execute();
    const at = new Date(now()).toISOString();
    let isAny = false;
    for (const { order_id, their_id, agreed } of marks) {
      const order = orders.find(({ id }) => id === order_id);
      if (!order || order.status === agreed) continue;
      isAny = true;
      const fresh = { status: order.status, since: at, tries: 0, due_at: at };
      await tx
        .insertInto('source_pushes')
        .values({ source_id: source.id, order_id, their_id, ...fresh })
        .onConflict((oc) => oc.columns(['source_id', 'order_id']).doUpdateSet({ status: order.status }))
        .execute();
    }
    return isAny;
  });
}
