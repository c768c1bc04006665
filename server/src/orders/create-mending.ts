import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Database } from '../database/database.ts';
import { isIndexDamage } from '../database/is-index-damage.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { DamagedOrders } from './damaged-orders.ts';
import { lastWholeState } from './last-whole-state.ts';
import { mendOrder } from './mend-order.ts';
import { type Replacements, storeOfOrder } from './order-rows.ts';

export interface MendingParts {
  db: Kysely<Tables>;
  reindexOrders: Database['reindexOrders'];
  queue: WriteQueue;
  onDamage: OnDamage;
  /** ms since 1970. */
  now(): number;
}

/**
 * Runs a job that reads or writes orders. If it throws `DamagedOrders`, mends them and runs it again, with what is still
 * readable of those that could not be written. If an index of orders is damaged, builds it again and runs the job again.
 */
export type Mending = <T>(job: (replacements: Replacements) => Promise<T>) => Promise<T>;

export function createMending({ db, reindexOrders, queue, onDamage, now }: MendingParts): Mending {
  /** Returns the order as it is now known; null: nothing of it is readable. */
  async function mend(id: string): Promise<Order | null> {
    const storeId = await storeOfOrder(db, id);
    const at = new Date(now()).toISOString();
    const state = await lastWholeState(db, id);
    const write = () => queue.write(storeId, (write) => mendOrder(write, id, at));
    try {
      const damage = await write().catch(async () => {
        await queue.write(null, ({ tx }) => reindexOrders(tx));
        return write();
      });
      if (damage) onDamage(damage);
    } catch (error) {
      onDamage({ row: 'order', outcome: state ? 'unwritten' : 'left_out', storeId, orderId: id, error });
    }
    return state?.order ?? null;
  }

  let reindexing: Promise<void> | undefined;
  /** Once for all jobs that meet the damage at the same time. */
  function reindex(): Promise<void> {
    reindexing ??= queue
      .write(null, ({ tx }) => reindexOrders(tx))
      .finally(() => {
        reindexing = undefined;
      });
    return reindexing;
  }

  return async (job) => {
    const replacements = new Map<string, Order | null>();
    let isReindexed = false;
    for (;;) {
      try {
        return await job(replacements);
      } catch (error) {
        if (isIndexDamage(error) && !isReindexed) {
          isReindexed = true;
          await reindex();
          continue;
        }
        if (!(error instanceof DamagedOrders)) throw error;
        const ids = error.ids.filter((id) => !replacements.has(id));
        if (ids.length === 0) throw error;
        for (const id of ids) replacements.set(id, await mend(id));
      }
    }
  };
}
