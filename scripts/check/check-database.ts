import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { mendIndexes } from '#server/database/mend-indexes.ts';
import { checkWal, type WalState } from '#sqlite/check-wal.ts';
import { firstDamage } from '#sqlite/first-damage.ts';
import { damagedRows } from './damaged-rows.ts';
import { lockFile } from './lock-file.ts';

const WAL_SENTENCES: Record<WalState, string | null> = {
  whole: null,
  torn: 'the last transaction in the log cannot be read: the power failed while it was written, or it is damaged',
  damaged:
    'the log is damaged, and commits in it would be lost; --repair keeps a copy and goes on with what can be read',
};

const RESTORE = "a display's next start keeps what is whole; a server needs a backup in its place";

/** A database and its log; SQLite builds the third file, `-shm`, again. */
const PARTS = ['', '-wal'];

/**
 * Looks through a database, its write-ahead log and each row that has a checksum, and changes nothing: SQLite works on a copy.
 *
 * @returns what was found, as sentences for an operator; empty if all is well
 */
export function checkDatabase(file: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-check-'));
  try {
    const copy = join(dir, basename(file));
    copyFiles(file, copy);
    return [WAL_SENTENCES[checkWal(copy)] ?? [], complaintsOf(copy)].flat();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Keeps a copy of a database and its log, and drops the part of the log that cannot be read, with all that came after it.
 *
 * @returns the path of the copy
 * @throws if a program uses the database
 */
export function dropUnreadableLog(file: string): string {
  const unlock = existsSync(`${file}.lock`) ? lockFile(`${file}.lock`, file) : () => {};
  const copy = `${file}.damaged-${Date.now()}`;
  try {
    copyFiles(file, copy);
    // SQLite reads the log when it opens the file, and writes it into the file when it closes it.
    lockFile(file, file)();
    return copy;
  } catch (error) {
    for (const part of PARTS) rmSync(copy + part, { force: true });
    throw error;
  } finally {
    unlock();
  }
}

function copyFiles(file: string, to: string): void {
  for (const part of PARTS) if (existsSync(file + part)) copyFileSync(file + part, to + part);
}

/** {@link checkDatabase} for a closed copy without a log, on which SQLite may work. */
export function complaintsOf(file: string): string[] {
  try {
    const db = new Sqlite(file);
    try {
      const found = firstDamage(db);
      // A row may also differ from its index; its checksum says which of the two is right.
      const rows = damagedRows(db);
      if (found === null) return rows;
      const advice = canMend(db) ? 'the next start builds the indexes again' : RESTORE;
      return [`the file is damaged: ${found}; ${advice}`, ...rows];
    } finally {
      db.close();
    }
  } catch (error) {
    return [`the file is damaged or no database (${(error as Error).message}); ${RESTORE}`];
  }
}

function canMend(db: Sqlite.Database): boolean {
  try {
    mendIndexes(db);
    return true;
  } catch {
    return false;
  }
}
