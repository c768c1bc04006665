import type { Kysely } from 'kysely';
import { isWhole } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { mendFromLog } from '../mending/mend-from-log.ts';

interface Parts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  onDamage: OnDamage;
}

/** The id of the order with this external id, also of a deleted one; null: there is none, or the disk has damaged which. */
export async function findExternalId(
  { db, queue, onDamage }: Parts,
  storeId: string,
  externalId: string,
): Promise<string | null> {
  const read = (from: Kysely<Tables>) =>
    from
      .selectFrom('external_ids')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
  let row = await read(db);
  if (row && !isWhole('external_ids', row))
    row = await queue.write(storeId, async (write) => {
      await mendFromLog(write, { onDamage });
      return read(write.tx);
    });
  return row && isWhole('external_ids', row) ? row.order_id : null;
}
