import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import { checkedTables, keyOf, type Names, type ReadRow, type Repair, selectRows } from './checked-tables.ts';
import { attempt, mendRows } from './mend-rows.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';

/** A database consists of these files; the last two only while it is open, or after a kill. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Replaces a damaged database by a new one with its whole rows. The damaged one is renamed and kept. After a kill at any
 * moment, `finishMending` completes what was begun, or the damaged file is still in place.
 *
 * @returns the path of the damaged one
 * @throws StorageError if the disk fails
 */
export function mendDatabase(options: Omit<DatabaseOptions, 'synchronous'>, repair: Repair): string {
  const { file, migrations } = options;
  const begun = `${file}.mending`;
  removeDatabase(begun);
  const mended = openDatabase({ file: begun, migrations, synchronous: 'FULL' });
  try {
    copyRows(file, mended, repair);
  } finally {
    mended.close();
  }
  renameSync(begun, mendedName(file));
  return finishMending(file) ?? file;
}

/** Puts a mended database in the place of the damaged one. @returns the new path of the damaged one; null: none was mended */
export function finishMending(file: string): string | null {
  const mended = mendedName(file);
  if (!existsSync(mended)) return null;
  const aside = `${file}.damaged-${Date.now()}`;
  for (const part of PARTS) if (existsSync(file + part)) renameSync(file + part, aside + part);
  renameSync(mended, file);
  return aside;
}

/** Whether there is one, or a kill has left its mended copy. */
export const isDatabase = (file: string): boolean => existsSync(file) || existsSync(mendedName(file));

export function removeDatabase(file: string): void {
  for (const part of PARTS) rmSync(file + part, { force: true });
}

const mendedName = (file: string): string => `${file}.mended`;

/** Copies all rows that can be read and match their checksum; the others as `repair` returns them. */
function copyRows(file: string, to: Database.Database, repair: Repair): void {
  const from = new Database(file, { readonly: true });
  try {
    addRowChecksum(from);
    to.transaction(() => {
      for (const table of checkedTables(to)) copyTable(from, to, table, repair);
    })();
  } finally {
    from.close();
  }
}

function copyTable(from: Database.Database, to: Database.Database, table: string, repair: Repair): void {
  // A row that the new database has already, such as the position in an empty log, stays.
  const rows = mendRows(to, table, repair);
  const names = namesIn(from, to, table);
  // A damaged page ends a scan; one from the other end finds the rows behind it.
  for (const direction of ['ASC', 'DESC']) {
    const order = keyOf(to, table)
      .map((column) => `${names.column(column)} ${direction}`)
      .join(', ');
    const scan = `${selectRows(to, table, { names })} ORDER BY ${order}`;
    const complete = attempt(() => {
      for (const row of from.prepare<[], ReadRow>(scan).iterate()) rows.add(row);
    });
    if (complete) break;
  }
  rows.finish();
}

/** A damaged schema may call a table or a column otherwise; they still come in the same order. */
function namesIn(from: Database.Database, to: Database.Database, table: string): Names {
  const [ours, theirs] = [tablesIn(to), tablesIn(from)];
  const called = theirs.includes(table) ? table : (theirs[ours.indexOf(table)] ?? table);
  const [here, there] = [columnsIn(to, table), columnsIn(from, called)];
  return { table: called, column: (name) => (here.length === there.length && there[here.indexOf(name)]) || name };
}

const tablesIn = (db: Database.Database): string[] =>
  namesBy(() => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").pluck().all());

const columnsIn = (db: Database.Database, table: string): string[] =>
  namesBy(() => db.prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck().all(table));

/** None of a database that is too damaged to say. */
function namesBy(select: () => unknown[]): string[] {
  let names: unknown[] = [];
  attempt(() => {
    names = select();
  });
  return names as string[];
}
