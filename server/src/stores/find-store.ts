import type { Kysely } from 'kysely';
import type { StoreRow, Tables } from '../database/tables.ts';
import { ServiceError } from '../service-error.ts';

/** Refuses with `not_found`. */
export async function findStore(db: Kysely<Tables>, id: string): Promise<StoreRow> {
  const row = await db.selectFrom('stores').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new ServiceError('not_found', 'There is no such store.');
  return row;
}
