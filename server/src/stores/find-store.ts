import type { Kysely } from 'kysely';
import { wholeRow } from '../database/checked-rows.ts';
import { hotStatement } from '../database/hot-statement.ts';
import type { StoreRow, Tables } from '../database/tables.ts';
import { ServiceError } from '../service-error.ts';

/** Refuses with `not_found`. Throws if both copies of the store are damaged. */
export async function findStore(db: Kysely<Tables>, id: string): Promise<StoreRow> {
  const [row] = await storeById(db, { id });
  if (!row) throw new ServiceError('not_found', 'There is no such store.');
  return wholeStore(row);
}

const storeById = hotStatement((db, { id }: { id: string }) =>
  db.selectFrom('stores').selectAll().where('id', '=', id),
);

export function wholeStore(row: StoreRow): StoreRow {
  const store = wholeRow('stores', row);
  if (!store) throw new Error(`the settings of the store ${row.id} are damaged; put a backup in place of the database`);
  return store;
}
