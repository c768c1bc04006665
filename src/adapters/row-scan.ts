import type Database from 'better-sqlite3';
import { checkedTables, insertRow, keyOf, numberOf, type ReadRow, type Repair, selectRows } from './checked-tables.ts';
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
      db.transaction(() =>
        table.isNumbered ? writeAgain(db, table.name, repair) : replace(db, table, damaged, repair),
      )();
    }
    // Behind a wrong number there may be rows that this step has not read: the table is read from its beginning once more.
    const isAgain = table.isNumbered && damaged.length > 0;
    const end = isAgain ? undefined : rows.at(-1);
    last = end && rows.length === ROWS ? keyIn(end.place) : null;
    if (last === null && !isAgain) index = (index + 1) % tables.length;
    return damaged.length > 0;
  };
}

function replace(db: Database.Database, { name, remove }: Table, damaged: readonly Read[], repair: Repair): void {
  // Otherwise SQLite does not find the index entries of a row that differs from them.
  db.exec('REINDEX');
  for (const { place, whole: _, ...row } of damaged) {
    remove.run(...keyIn(place));
    const repaired = repair(name, row);
    if (repaired) insertRow(db, name).run(repaired);
  }
}

/** Writes a table again: among wrong numbers SQLite may find another row than the one that is asked for, and delete that. */
function writeAgain(db: Database.Database, name: string, repair: Repair): void {
  const all = db.prepare<[], ReadRow>(selectRows(db, name)).all();
  db.exec(`DELETE FROM ${name}`);
  const rows = mendRows(db, name, repair);
  for (const row of all) rows.add(row);
  rows.finish();
}

type Table = ReturnType<typeof tableOf>;

function tableOf(db: Database.Database, name: string) {
  const key = keyOf(db, name);
  const names = key.join(', ');
  const values = key.map(() => '?').join(', ');
  const select = selectRows(db, name, [`json_array(${names}) AS place`]);
  const order = `ORDER BY ${names} LIMIT ${ROWS}`;
  return {
    name,
    isNumbered: numberOf(db, name) !== null,
    first: db.prepare<[], Read>(`${select} ${order}`),
    after: db.prepare<unknown[], Read>(`${select} WHERE (${names}) > (${values}) ${order}`),
    remove: db.prepare<unknown[]>(`DELETE FROM ${name} WHERE (${names}) = (${values})`),
  };
}

const keyIn = (place: string): unknown[] => JSON.parse(place) as unknown[];
