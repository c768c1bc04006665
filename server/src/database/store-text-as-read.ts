import type Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { CHECKED_COLUMNS, type CheckedTable } from './checked-rows.ts';
import { dialectOf } from './dialect-of.ts';
import type { Tables } from './tables.ts';

/** What a byte that is no UTF-8 is read as. */
const UNREADABLE = '\uFFFD';

/** Whether no row can be found by this text, because other bytes are stored. */
export const isUnreadable = (text: unknown): boolean => typeof text === 'string' && text.includes(UNREADABLE);

/** Adds the SQL function `as_read(value)`: a text as JavaScript gets it. */
export function addAsRead(sqlite: Sqlite.Database): void {
  sqlite.function('as_read', { deterministic: true }, (value) => value);
}

/**
 * Damage can leave bytes in a SQLite file that are no UTF-8, and a row cannot be found by a key that is read from them. Stores
 * such texts of a table as they are read; its damaged rows stay damaged. Reads the whole table.
 */
export async function storeTextAsRead(tx: Kysely<Tables>, table: CheckedTable): Promise<void> {
  if (dialectOf(tx) !== 'sqlite') return;
  // Such a key refers to no row, before and after.
  await sql`PRAGMA defer_foreign_keys = ON`.execute(tx);
  for (const column of CHECKED_COLUMNS[table])
    await sql
      .raw(
        `UPDATE ${table} NOT INDEXED SET ${column} = as_read(${column})
         WHERE typeof(${column}) = 'text' AND ${column} <> as_read(${column})`,
      )
      .execute(tx);
}
