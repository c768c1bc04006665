import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';
import { selectDamaged } from '#sqlite/row-checksum.ts';

/** The tables whose rows have a checksum, in the order of their creation. */
export const checkedTables = (db: Database.Database): string[] =>
  db
    .prepare<[], string>(
      `SELECT tables.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name = 'checksum' ORDER BY tables.rowid`,
    )
    .pluck()
    .all();

/** The columns that a row's checksum covers, in order: all but the row's number and the checksum itself. */
export const checkedColumns = (db: Database.Database, table: string): string[] =>
  db
    .prepare<[string], string>(
      `SELECT name FROM pragma_table_info(?) WHERE name <> 'checksum' AND NOT (pk = 1 AND type = 'INTEGER') ORDER BY cid`,
    )
    .pluck()
    .all(table);

/**
 * Reads every row.
 *
 * @throws StorageError `corrupt` if a row is not what was written
 */
export function checkRows(db: Database.Database): void {
  for (const table of checkedTables(db)) {
    if (db.prepare(selectDamaged(table, checkedColumns(db, table))).get())
      throw new StorageError('corrupt', `${db.name}: a row of ${table} is damaged`);
  }
}
