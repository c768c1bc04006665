import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '#server/database/database-unavailable.ts';
import { createOrder } from '#server/orders/create-order.ts';
import { IMPORTER } from '#server/orders/imported.ts';
import { ServiceError } from '#server/service-error.ts';
import type { Target } from './open-target.ts';
import type { PlannedOrder, RefusedRow } from './plan-import.ts';

/** Orders of one transaction: the write queue's group, so a few ms during which a server waits. */
const BATCH = 32;
/** Tries of a batch while the database is busy, a second apart. */
const TRIES = 30;

export interface Written {
  created: number;
  /** Taken by another run meanwhile. */
  known: number;
  refused: RefusedRow[];
}

/**
 * Writes orders in batches, each one transaction. Whatever ends the program, a batch is there or not, and the next run goes on.
 *
 * @param onBatch called after each commit, with the number of orders done
 * @throws DatabaseUnavailable
 */
export async function writeOrders(
  { queue, isShared }: Pick<Target, 'queue' | 'isShared'>,
  storeId: string,
  orders: readonly PlannedOrder[],
  onBatch: (done: number) => void,
): Promise<Written> {
  const written: Written = { created: 0, known: 0, refused: [] };
  const write = ({ draft, finishedAt }: PlannedOrder) =>
    queue.write(storeId, (one) =>
      createOrder(one, storeId, draft, { by: IMPORTER, now: Date.now(), finishedAt, onDamage: () => {} }),
    );

  for (let i = 0; i < orders.length; i += BATCH) {
    const batch = orders.slice(i, i + BATCH);
    const began = performance.now();
    const outcomes = await tried(() => Promise.allSettled(batch.map(write)));
    for (const [n, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') written[outcome.value.created ? 'created' : 'known'] += 1;
      else written.refused.push(refusedRow(batch[n], outcome.reason));
    }
    onBatch(Math.min(i + BATCH, orders.length));
    // The server's writes come between two batches.
    if (isShared) await pause(performance.now() - began);
  }
  return written;
}

/** A transaction that fails rejects all of its batch, which then has no effect. */
async function tried<T>(batch: () => Promise<PromiseSettledResult<T>[]>): Promise<PromiseSettledResult<T>[]> {
  for (let attempt = 1; ; attempt++) {
    const outcomes = await batch();
    const failed = outcomes.find(
      (outcome) => outcome.status === 'rejected' && outcome.reason instanceof DatabaseUnavailable,
    );
    if (failed?.status !== 'rejected') return outcomes;
    if (failed.reason.fault === 'away' || attempt === TRIES) throw failed.reason;
    await pause(1_000);
  }
}

function refusedRow(order: PlannedOrder | undefined, reason: unknown): RefusedRow {
  if (!(reason instanceof ServiceError)) throw reason;
  return { row: order?.row ?? '', reason: reason.message };
}
