import type { Database } from '../database/database.ts';
import type { LogEntry } from './entry.ts';

/**
 * Whether the transaction that made these changes was committed, when the answer to its COMMIT was lost. Waits for the lock
 * of their store, which that transaction held: it has ended, so what is read now stays true. The hash of a change is of this
 * change only.
 *
 * @throws `DatabaseUnavailable` if the database does not answer, or the transaction has not ended
 */
export async function wasCommitted(
  { writes, lock }: Pick<Database, 'writes' | 'lock'>,
  entries: readonly LogEntry[],
): Promise<boolean> {
  const last = entries.at(-1);
  if (!last) throw new Error('a transaction without changes leaves nothing to find');
  return writes.transaction().execute(async (tx) => {
    await lock(tx, new Set([last.storeId]));
    const found = await tx
      .selectFrom('changes')
      .select('hash')
      .where('store_id', '=', last.storeId)
      .where('seq', '=', last.change.seq)
      .executeTakeFirst();
    return found?.hash === last.hash;
  });
}
