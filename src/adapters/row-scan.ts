import type Database from 'better-sqlite3';
import {
  checkedColumns,
  checkedTables,
  keyOf,
  numberOf,
  type ReadRow,
  type Repair,
  selectRows,
} from './checked-tables.ts';
import { mendRows } from './mend-rows.ts';

/** Rows in a step. */
const ROWS = 500;

type Read = ReadRow & { place: string };

/**
 * Checks the rows of an open database a few at a time, round and round, since a disk may change them while it is open. Deletes
 * damaged ones, or replaces them by what `repair` returns.
 *
 * @param setAside called before damaged rows are changed
 * @returns checks the next rows; returns whether one was damaged
 */
export function createRowScan(db: Database.Database, repair: Repair, setAside: () => void): () => boolean {
  let tables: Table[] | null = null;
  let index = 0;
  /** The key of the last row of the step before; null: a table begins. */
  let last: unknown[] | null = null;

  return () => {
    tables ??= checkedTables(db).map((name) => tableOf(db, name));
    const table = tables[index];
    if (!table) return false;
    const rows = last ? table.after.all(...last) : table.first.all();
    const damaged = rows.filter(({ whole }) => whole !== 1);
    if (damaged.length > 0) {
      setAside();
      db.transaction(() => replace(db, table, damaged, repair))();
    }
    // Behind a wrong number there may be rows that this step has not read: the table is read from its beginning once more.
    const isAgain = table.isNumbered && damaged.length > 0;
    const end = isAgain ? undefined : rows.at(-1);
    last = end && rows.length === ROWS ? keyIn(end.place) : null;
    if (last === null && !isAgain) index = (index + 1) % tables.length;
    return damaged.length > 0;
  };
}

function replace(db: Database.Database, table: Table, damaged: readonly Read[], repair: Repair): void {
  // Otherwise SQLite does not find the index entries of a row that differs from them.
  db.exec('REINDEX');
  table.remove(damaged.map(({ place }) => place));
  const rows = mendRows(db, table.name, repair);
  for (const { place: _, ...row } of damaged) rows.add(row as ReadRow);
  rows.finish();
}

/**
 * Deletes damaged rows by their numbers. A scan meets each; a search would fail among numbers out of order, or find the whole row with
 * the same number.
 */
function removeNumbered(db: Database.Database, name: string, places: readonly string[]): void {
  const isDamaged = `checksum <> row_checksum(${checkedColumns(db, name).join(', ')})`;
  const numbers = places.map((place) => place.slice(1, -1)).join(', ');
  // The `+` keeps SQLite from searching.
  db.prepare(`DELETE FROM ${name} NOT INDEXED WHERE +rowid IN (${numbers}) AND ${isDamaged}`).run();
}

type Table = ReturnType<typeof tableOf>;

function tableOf(db: Database.Database, name: string) {
  const key = keyOf(db, name);
  const names = key.join(', ');
  const values = key.map(() => '?').join(', ');
  const select = selectRows(db, name, { more: [`json_array(${names}) AS place`] });
  const order = `ORDER BY ${names} LIMIT ${ROWS}`;
  const isNumbered = numberOf(db, name) !== null;
  const removeOne = db.prepare<unknown[]>(`DELETE FROM ${name} WHERE (${names}) = (${values})`);
  return {
    name,
    isNumbered,
    first: db.prepare<[], Read>(`${select} ${order}`),
    after: db.prepare<unknown[], Read>(`${select} WHERE (${names}) > (${values}) ${order}`),
    remove(places: readonly string[]): void {
      if (isNumbered) removeNumbered(db, name, places);
      else for (const place of places) removeOne.run(...keyIn(place));
    },
  };
}

const keyIn = (place: string): unknown[] => JSON.parse(place) as unknown[];
