import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Locks the row of each store's log, in the same order in all processes, so that two groups cannot deadlock. */
export async function lockStores(tx: Transaction<Tables>, storeIds: ReadonlySet<string | null>): Promise<void> {
  for (const storeId of [...storeIds].filter((one) => one !== null).sort())
    await tx
      .updateTable('store_logs')
      .set((eb) => ({ head: eb.ref('head') }))
      .where('store_id', '=', storeId)
      .execute();
}
