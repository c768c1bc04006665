import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { dialectOf } from '#server/database/dialect-of.ts';
import type { Tables } from '#server/database/tables.ts';
import { checkLogs } from './check-logs.ts';
import { TABLE_NAMES } from './moved-tables.ts';
import { type Row, readRows } from './read-rows.ts';

export interface Copied {
  /** Rows of each table that has some. */
  rows: Record<string, number>;
  /** SHA-256 of all rows, hex, the same in both databases. */
  hash: string;
}

/** Whether it has no row of any table. */
export async function isEmpty(db: Kysely<Tables>): Promise<boolean> {
  for (const table of TABLE_NAMES)
    if ((await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)).rows.length > 0) return false;
  return true;
}

/**
 * Copies all rows into an empty database and reads them there again. The source's transaction sees one moment.
 *
 * @throws `DamagedLog` if a log in the copy does not lead to the hash of its head; then nothing may be committed
 */
export async function copyDatabase(source: Transaction<Tables>, target: Transaction<Tables>): Promise<Copied> {
  const rows: Copied['rows'] = {};
  const [sent, stored] = [createHash('sha256'), createHash('sha256')];
  for (const table of TABLE_NAMES) {
    for await (const slice of readRows(source, table)) {
      await target
        .insertInto(table)
        .values(slice as never)
        .execute();
      rows[table] = (rows[table] ?? 0) + slice.length;
      for (const row of slice) sent.update(textOf(table, row));
    }
    for await (const slice of readRows(target, table)) for (const row of slice) stored.update(textOf(table, row));
  }
  const hash = sent.digest('hex');
  if (stored.digest('hex') !== hash) throw new Error('what was written is not what was read');
  await checkLogs(target);
  if (dialectOf(target) === 'postgres') await passSearchKeys(target);
  return { rows, hash };
}

/** New orders get other keys than those of the same ms that were copied. */
const passSearchKeys = (db: Kysely<Tables>) =>
  sql`select setval('search_keys', (select coalesce(max(search_key & 1048575), 0) + 1 from orders))`.execute(db);

/** The columns by name: a migration of one database may have added them in another order. */
const textOf = (table: string, row: Row): string =>
  JSON.stringify([table, ...Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))]);
