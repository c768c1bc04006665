import Database from 'better-sqlite3';
import { rowChecksum } from '#sqlite/row-checksum.ts';
import { checkedColumns, insertRow, numberOf, type ReadRow, type Repair, type Row } from './checked-tables.ts';
import { nextNumber, numbersNear } from './row-number.ts';

/**
 * Puts rows of a damaged table into an empty one, or damaged ones back into theirs. A row may be given twice.
 *
 * @returns `add` inserts a whole row; `finish` inserts the damaged ones after them, which may have the number of a whole one: as
 *   they were, if only the number was damaged, or else as `repair` returns them
 */
export function mendRows(to: Database.Database, table: string, repair: Repair) {
  const number = numberOf(to, table);
  const columns = checkedColumns(to, table);
  const contents = columns.filter((column) => column !== number);
  const insert = insertRow(to, table);
  const damaged = new Map<string, Row>();

  /** Returns false for a row that the schema does not allow, or whose key is taken, or whose order is missing. */
  function put(row: Row): boolean {
    let changes = 0;
    attempt(() => {
      changes = insert.run(row).changes;
    });
    return changes > 0;
  }

  const fits = (row: Row, covered: readonly string[]): boolean =>
    row.checksum === rowChecksum(covered.map((column) => row[column]));
  /** Checksums of earlier versions did not cover the number. */
  const isOld = (row: Row): boolean => number !== null && fits(row, contents);

  /** Inserts it with the number that it had when it was written, if one bit of that has changed. */
  function putRenumbered(row: Row): boolean {
    if (number === null) return false;
    const renumbered = numbersNear(row[number]).map((near) => ({ ...row, [number]: near }));
    const written = renumbered.find((one) => fits(one, columns));
    return written !== undefined && put(written);
  }

  /** The row with its number if that is free, or with the next one: a damaged row must not be dropped for a number. */
  function numbered(row: Row): Row {
    if (number === null) return row;
    const next = Number(
      to
        .prepare(`SELECT ${nextNumber(table, number)}`)
        .pluck()
        .get(),
    );
    const has = to.prepare(`SELECT 1 FROM ${table} WHERE ${number} = ?`);
    const now = Number(row[number]);
    return { ...row, [number]: now > 0 && now < next && !has.get(now) ? now : next };
  }

  return {
    add({ whole, ...row }: ReadRow): void {
      if (whole === 1 || isOld(row)) put(row);
      else damaged.set(JSON.stringify(row), row);
    },
    finish(): void {
      const rest = [...damaged.values()].filter((row) => !putRenumbered(row));
      for (const row of rest) {
        const kept = repair(table, row);
        if (kept) put(numbered(kept));
      }
    },
  };
}

/** Returns whether SQLite accepted it; throws an error that is not SQLite's about the data, such as a full disk. */
export function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && !/^SQLITE_(FULL|IOERR|BUSY|LOCKED)/.test(error.code)) return false;
    throw error;
  }
}
