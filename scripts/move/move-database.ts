import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { dialectOf } from '#server/database/dialect-of.ts';
import { openDatabase } from '#server/database/open-database.ts';
import type { Tables } from '#server/database/tables.ts';
import { checkLogs } from './check-logs.ts';
import { TABLE_NAMES } from './moved-tables.ts';
import { type Row, readRows } from './read-rows.ts';

export interface Moved {
  /** Rows of each table that has some. */
  rows: Record<string, number>;
  /** SHA-256 of all rows, hex, the same in both databases. */
  hash: string;
}

/**
 * Copies everything into an empty database, in one transaction, and reads it there again. Nobody may write to the first one
 * meanwhile: a file must not be in use, and tables of PostgreSQL are locked.
 *
 * @throws with one sentence; then the second database is empty
 */
export async function moveDatabase(fromUrl: string, toUrl: string, now: number): Promise<Moved> {
  const faults: unknown[] = [];
  const open = (url: string) => openDatabase(url, { now, onFault: (error) => void faults.push(error) });
  const from = await open(fromUrl);
  try {
    const to = await open(toUrl);
    try {
      return await from.writes.transaction().execute(async (source) => {
        await keepStill(source);
        await checkLogs(source);
        return to.writes.transaction().execute((target) => copy(source, target));
      });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** A transaction that writes has a SQLite file for itself. */
async function keepStill(tx: Transaction<Tables>): Promise<void> {
  if (dialectOf(tx) === 'sqlite') return;
  const all = sql.join(TABLE_NAMES.map((name) => sql.table(name)));
  await sql`lock table ${all} in share row exclusive mode`.execute(tx);
}

async function copy(source: Transaction<Tables>, target: Transaction<Tables>): Promise<Moved> {
  for (const table of TABLE_NAMES) if (await hasRows(target, table)) throw new Error(NOT_EMPTY);
  const rows: Moved['rows'] = {};
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
  if (stored.digest('hex') !== hash) throw new Error('What was written is not what was read. Nothing was moved.');
  await checkLogs(target);
  if (dialectOf(target) === 'postgres') await passSearchKeys(target);
  return { rows, hash };
}

/** New orders get other keys than those of the same ms that were moved. */
const passSearchKeys = (db: Kysely<Tables>) =>
  sql`select setval('search_keys', (select coalesce(max(search_key & 1048575), 0) + 1 from orders))`.execute(db);

const NOT_EMPTY = 'The second database is not empty. Name one without orders and stores. Nothing was moved.';

const hasRows = async (db: Kysely<Tables>, table: keyof Tables): Promise<boolean> =>
  (await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)).rows.length > 0;

/** The columns by name: a migration of one database may have added them in another order. */
const textOf = (table: string, row: Row): string =>
  JSON.stringify([table, ...Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))]);
