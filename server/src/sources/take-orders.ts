import { z } from 'zod';
import { detailsOf } from '#contract/errors.ts';
import type { PullResult } from '#contract/source.ts';
import type { OnDamage } from '../database/damage.ts';
import { type Write, type WriteQueue, withSavepoint } from '../database/write-queue.ts';
import type { Mending } from '../orders/create-mending.ts';
import type { Escalations } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import type { TheirOrder } from './adapter.ts';
import { aboutSource, refusedOrders, settledOrders } from './refused-orders.ts';
import type { OfKinds, SourceTotals } from './source-counts.ts';
import { addEntry } from './source-rows.ts';
import type { SourceRow } from './source-tables.ts';
import { takeOrder } from './take-order.ts';

export interface TakeParts {
  queue: WriteQueue;
  mending: Mending;
  escalations: Pick<Escalations, 'write' | 'raise' | 'resolve'>;
  onDamage: OnDamage;
  totals: OfKinds<SourceTotals>;
  now(): number;
}

export interface TakeOptions {
  isFirstPull?: boolean;
  /** Stored in the same transaction, such as a cursor. */
  also?: (write: Write) => Promise<unknown>;
}

/**
 * Takes orders in one transaction. One that cannot be taken does not stop the others: the log says why, and an escalation
 * calls the owner until it can be taken, or for a day.
 */
export async function takeOrders(
  { queue, mending, escalations, onDamage, totals, now }: TakeParts,
  source: SourceRow,
  orders: readonly TheirOrder[],
  { isFirstPull = false, also }: TakeOptions = {},
): Promise<PullResult> {
  const { result, newlyRefused } = await mending(() =>
    escalations.write(
      queue,
      source.store_id,
      async (write, { raise, resolve }) => {
        const result = { taken: 0, unchanged: 0, refused: 0 };
        const refused = new Set<string>();
        let newlyRefused = 0;
        const taken = new Set<string>();
        const known = await refusedOrders(write.tx, source);
        for (const order of orders) {
          const entry = { at: new Date(now()).toISOString(), what: 'order', externalId: `${source.kind}:${order.id}` };
          try {
            const job = (part: Write) => takeOrder(part, source, order, { now: now(), onDamage, isFirstPull });
            const { outcome, externalId, detail } = await withSavepoint(write, 'their_order', job);
            result[outcome]++;
            taken.add(order.id);
            if (outcome === 'taken' || detail !== null)
              await addEntry(write, source.id, { ...entry, externalId, outcome, detail });
          } catch (error) {
            const why = whyRefused(error);
            if (why === null) throw error;
            result.refused++;
            refused.add(order.id);
            // A pull may bring it every minute.
            if (known.has(order.id)) continue;
            newlyRefused++;
            await addEntry(write, source.id, { ...entry, outcome: 'refused', detail: why });
            await raise(
              aboutSource(source, order.id),
              `The order ${order.id} of ${source.name} could not be taken: ${why} Look at it there, and cook it from there.`,
            );
          }
        }
        await also?.(write);
        for (const id of refused) known.delete(id);
        for (const id of settledOrders(known, taken, now())) await resolve(aboutSource(source, id));
        return { result, newlyRefused };
      },
      Math.max(1, orders.length),
    ),
  );
  const total = totals[source.kind];
  total.taken += result.taken;
  // Each once, however often it comes.
  total.refused += newlyRefused;
  return result;
}

/** null: it is not the order's fault. */
function whyRefused(error: unknown): string | null {
  if (error instanceof z.ZodError)
    return `${detailsOf(error)
      .slice(0, 5)
      .map(({ path, message }) => `${path || 'the order'} ${message}`)
      .join('; ')}.`;
  return error instanceof ServiceError ? error.message : null;
}
