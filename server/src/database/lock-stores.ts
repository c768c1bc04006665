import type { Transaction } from 'kysely';
import type { StoreLogRow, Tables } from './tables.ts';

/** Locks the row of each store's log, in the same order in all processes, so that two groups cannot deadlock. */
export async function lockStores(
  tx: Transaction<Tables>,
  storeIds: ReadonlySet<string | null>,
): Promise<StoreLogRow[]> {
  const logs: StoreLogRow[] = [];
  for (const storeId of [...storeIds].filter((one) => one !== null).sort())
    logs.push(
      ...(await tx
        .updateTable('store_logs')
        .set((eb) => ({ head: eb.ref('head') }))
        .where('store_id', '=', storeId)
        .returningAll()
        .execute()),
    );
  return logs;
}
