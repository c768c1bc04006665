import type Database from 'better-sqlite3';
import { checkedTables, insertRow, keyOf, type Repair, type Row, selectRows } from './checked-tables.ts';

/** Rows in a step. */
const ROWS = 500;

type Read = Row & { place: string; whole: number };

/**
 * Checks the rows of an open database a few at a time, round and round, since a disk may change them while it is open. Deletes
 * damaged ones, or replaces them by what `repair` returns.
 *
 * @param setAside called before damaged rows are changed
 * @returns checks the next rows; returns whether one was damaged
 */
export function createRowScan(db: Database.Database, repair: Repair, setAside: () => void): () => boolean {
  let tables: ReturnType<typeof tableOf>[] | null = null;
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
      db.transaction(() => {
        // Otherwise SQLite does not find the index entries of a row that differs from them.
        db.exec('REINDEX');
        for (const { place, whole: _, ...row } of damaged) {
          table.remove.run(...keyIn(place));
          const repaired = repair(table.name, row);
          if (repaired) insertRow(db, table.name).run(repaired);
        }
      })();
    }
    const end = rows.at(-1);
    last = end && rows.length === ROWS ? keyIn(end.place) : null;
    if (last === null) index = (index + 1) % tables.length;
    return damaged.length > 0;
  };
}

function tableOf(db: Database.Database, name: string) {
  const key = keyOf(db, name);
  const names = key.join(', ');
  const values = key.map(() => '?').join(', ');
  const select = selectRows(db, name, [`json_array(${names}) AS place`]);
  const order = `ORDER BY ${names} LIMIT ${ROWS}`;
  return {
    name,
    first: db.prepare<[], Read>(`${select} ${order}`),
    after: db.prepare<unknown[], Read>(`${select} WHERE (${names}) > (${values}) ${order}`),
    remove: db.prepare<unknown[]>(`DELETE FROM ${name} WHERE (${names}) = (${values})`),
  };
}

const keyIn = (place: string): unknown[] => JSON.parse(place) as unknown[];
