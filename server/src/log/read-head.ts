import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { ServiceError } from '../service.ts';

/** Where a store's log ends: one indexed read, since any process may have moved it. Refuses with `not_found`. */
export async function readHead(
  db: Kysely<Tables>,
  storeId: string,
): Promise<{ epoch: string; head: number; hash: string | null }> {
  const row = await db
    .selectFrom('store_logs')
    .select(['epoch', 'head', 'head_hash as hash'])
    .where('store_id', '=', storeId)
    .executeTakeFirst();
  if (!row) throw new ServiceError('not_found', 'There is no such store.');
  return row;
}
