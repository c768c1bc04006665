import type { Order } from '#contract/order.ts';
import { findOrder } from '../orders/order-rows.ts';
import type { Said, ServiceCalls } from './adapter.ts';
import type { RunParts } from './run-parts.ts';
import { AccessEnded, Conflict, Later, Refused } from './service-client.ts';
import { findMark, saveMark } from './source-marks.ts';
import { addEntry } from './source-rows.ts';
import type { SourcePushRow, SourceRow } from './source-tables.ts';
import { takeOrders } from './take-orders.ts';

/** For how long a status is tried again, ms. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const MOST_PAUSE_MS = 10 * 60_000;

/**
 * Says the status of the order that waits longest.
 *
 * @returns how long to wait for the next one, ms; null: none waits
 */
export async function pushNext(
  source: SourceRow,
  calls: ServiceCalls,
  parts: Pick<RunParts, 'db' | 'queue' | 'confirm' | 'mending' | 'now' | 'escalations' | 'onDamage' | 'totals'>,
): Promise<number | null> {
  const { db, queue, mending, now } = parts;
  const waiting = await db
    .selectFrom('source_pushes')
    .selectAll()
    .where('source_id', '=', source.id)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  if (!waiting) return null;
  const wait = Date.parse(waiting.due_at) - now();
  if (wait > 0) return wait;
  const order = await mending((replacements) => findOrder(db, source.store_id, waiting.order_id, replacements));
  const mark = await findMark(db, source, waiting.their_id);
  if (!order || mark?.order_id !== order.id || mark.agreed === order.status || !calls.push) {
    await done(order, null);
    return 0;
  }
  await parts.confirm();
  try {
    await done(order, await calls.push(order, waiting.their_id));
    return 0;
  } catch (error) {
    if (error instanceof Conflict && calls.look && waiting.tries < 5) {
      const theirs = await calls.look(waiting.their_id);
      if (theirs) await takeOrders(parts, source, [theirs]);
    }
    if (error instanceof Refused) {
      await done(order, { refused: error.message });
      return 0;
    }
    if (!(error instanceof Later || error instanceof AccessEnded || error instanceof Conflict)) throw error;
    const isOver = now() - Date.parse(waiting.since) >= GIVE_UP_AFTER_MS;
    if (isOver) await done(order, { refused: `not said within 24 h: ${error.message}` });
    else {
      const backOff = Math.min(MOST_PAUSE_MS, 1_000 * 2 ** Math.min(waiting.tries, 12));
      const named = error instanceof Later ? error.afterMs : null;
      const due = now() + (error instanceof Conflict && waiting.tries < 5 ? 0 : (named ?? backOff));
      const due_at = new Date(due).toISOString();
      await queue.write(source.store_id, async ({ tx }) => {
        const ofSource = tx.updateTable('source_pushes').where('source_id', '=', source.id);
        const set = { tries: waiting.tries + 1, due_at };
        await ofSource.set(set).where('order_id', '=', waiting.order_id).execute();
        // They named a time for all calls.
        if (named !== null) await ofSource.set({ due_at }).where('due_at', '<', due_at).execute();
      });
    }
    return 0;
  }

  /** What waits was said, or need not be; unless the order has another status by now. */
  async function done(said: Order | undefined, answer: Said | { refused: string } | null): Promise<void> {
    const { order_id, their_id } = waiting as SourcePushRow;
    await queue.write(source.store_id, async (write) => {
      const latest = await findOrder(write.tx, source.store_id, order_id);
      const known = said && answer && (await findMark(write.tx, source, their_id));
      if (known) {
        const theirs = 'said' in answer ? answer.theirs : undefined;
        const echo =
          theirs?.state.kind === 'order' && (theirs.isCurrent || theirs.mark >= known.mark)
            ? { their_status: theirs.state.theirStatus, ...(!theirs.isCurrent && { mark: theirs.mark }) }
            : {};
        await saveMark(write.tx, source, their_id, { ...known, ...echo, agreed: said.status });
      }
      if (latest?.status === said?.status)
        await write.tx
          .deleteFrom('source_pushes')
          .where('source_id', '=', source.id)
          .where('order_id', '=', order_id)
          .execute();
      if (!said || !answer || 'nothing' in answer) return;
      const isSaid = 'said' in answer;
      await addEntry(write, source.id, {
        at: new Date(now()).toISOString(),
        what: 'status',
        externalId: said.externalId,
        outcome: isSaid ? 'taken' : 'refused',
        detail: isSaid ? answer.said : `${said.status}: ${answer.refused}`,
      });
    });
  }
}
