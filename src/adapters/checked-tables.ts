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

/** The columns that a row's checksum covers, in order: all but the checksum itself, and `only`, the key of a table of one row. */
export const checkedColumns = (db: Database.Database, table: string): string[] =>
  db
    .prepare<[string], string>(
      `SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('checksum', 'only') ORDER BY cid`,
    )
    .pluck()
    .all(table);

/** The column with the number of a row, which is its place in the order; null: the table has none. */
export const numberOf = (db: Database.Database, table: string): string | null =>
  db
    .prepare<[string], string>(
      `SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND type = 'INTEGER' AND name <> 'only'`,
    )
    .pluck()
    .get(table) ?? null;

export type Row = Record<string, unknown>;
/** A row with its checksum, and 1 if that fits. */
export type ReadRow = Row & { whole: number };
/** What to keep of a damaged row; null: nothing. */
export type Repair = (table: string, row: Row) => Row | null;

const columnsOf = (db: Database.Database, table: string): string[] =>
  db.prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE name <> 'checksum'").pluck().all(table);

/** What a table and its columns are called where they are read. */
export interface Names {
  table: string;
  column(name: string): string;
}

/** SQL that selects all rows, for each `more`, and whether it is `whole` (0 or 1). */
export function selectRows(
  db: Database.Database,
  table: string,
  { more = [], names = { table, column: (name) => name } }: { more?: readonly string[]; names?: Names } = {},
): string {
  const named = [...columnsOf(db, table), 'checksum'].map((name) => `${names.column(name)} AS ${name}`);
  const checked = checkedColumns(db, table).map(names.column);
  const whole = `${names.column('checksum')} = row_checksum(${checked.join(', ')})`;
  return `SELECT ${[...more, ...named].join(', ')}, ${whole} AS whole FROM ${names.table} NOT INDEXED`;
}

/** Inserts a row with its checksum, unless there is one with its key. */
export function insertRow(db: Database.Database, table: string): Database.Statement<[Row]> {
  const columns = columnsOf(db, table);
  const value = (column: string): string => `:${column}`;
  return db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}, checksum)
     VALUES (${columns.map(value).join(', ')}, row_checksum(${checkedColumns(db, table).map(value).join(', ')}))`,
  );
}

/** The columns by which a table's rows are stored. */
export function keyOf(db: Database.Database, table: string): string[] {
  const isOrderedByKey = db.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 1;
  const key = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck();
  return isOrderedByKey ? key.all(table) : ['rowid'];
}

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
