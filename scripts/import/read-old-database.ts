import Sqlite from 'better-sqlite3';
import { type OldRows, rowsOfObjects } from './old-row.ts';

const TABLES = [
  ['orders', 'order'],
  ['bookings', 'booking'],
] as const;

/**
 * The rows of the tables `orders` and `bookings` of an older system's SQLite database, which is opened read-only.
 *
 * @throws with one sentence
 */
export function readOldDatabase(file: string): OldRows {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const tables = db
      .prepare<[], string>("select name from sqlite_schema where type in ('table', 'view')")
      .pluck()
      .all();
    if (tables.includes('store_logs')) throw new Error('it is a database of this program; use npm run restore');
    const found = TABLES.filter(([table]) => tables.includes(table));
    if (found.length === 0) throw new Error('it has neither a table orders nor a table bookings');
    const ignored = new Set<string>();
    const rows = found.flatMap(([table, kind]) =>
      // Numbers of any length keep all their digits.
      rowsOfObjects(kind, db.prepare<[], object>(`select * from ${table}`).safeIntegers().all(), ignored),
    );
    return { rows, ignored: [...ignored] };
  } finally {
    db.close();
  }
}
