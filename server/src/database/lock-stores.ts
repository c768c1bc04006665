import type { Transaction } from 'kysely';
import { hotStatement } from './hot-statement.ts';
import type { StoreLogRow, Tables } from './tables.ts';

/** Locks the row of each store's log, in the same order in all processes, so that two groups cannot deadlock. */
export async function lockStores(
  tx: Transaction<Tables>,
  storeIds: ReadonlySet<string | null>,
): Promise<StoreLogRow[]> {
  const logs: StoreLogRow[] = [];
  for (const storeId of [...storeIds].filter((one) => one !== null).sort())
    logs.push(...(await lockStore(tx, { storeId })));
  return logs;
}

/** Locks the row of a store's log until the transaction ends. */
export const lockStore = hotStatement((db, { storeId }: { storeId: string }) =>
  db
    .updateTable('store_logs')
    .set((eb) => ({ head: eb.ref('head') }))
    .where('store_id', '=', storeId)
    .returningAll(),
);
