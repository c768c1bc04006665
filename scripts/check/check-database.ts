import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { checkWal, type WalState } from '#sqlite/check-wal.ts';

/** What was found in a database, as sentences for an operator; empty if all is well. */
export interface Findings {
  wal: string | null;
  file: string | null;
}

const WAL_SENTENCES: Record<WalState, string | null> = {
  whole: null,
  torn: 'the last transaction in the log cannot be read: the power failed while it was written, or it is damaged',
  damaged:
    'the log is damaged, and commits in it would be lost; --repair keeps a copy and goes on with what can be read',
};

/** A database and its log; SQLite builds the third file, `-shm`, again. */
const PARTS = ['', '-wal'];

/** Looks through a database and its write-ahead log, and changes neither: SQLite works on a copy. */
export function checkDatabase(file: string): Findings {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-check-'));
  try {
    const copy = join(dir, basename(file));
    copyFiles(file, copy);
    return { wal: WAL_SENTENCES[checkWal(copy)], file: complaintOf(copy) };
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
  const unlock = existsSync(`${file}.lock`) ? lock(`${file}.lock`, file) : () => {};
  const copy = `${file}.damaged-${Date.now()}`;
  try {
    copyFiles(file, copy);
    // SQLite reads the log when it opens the file, and writes it into the file when it closes it.
    lock(file, file)();
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

function complaintOf(file: string): string | null {
  try {
    const db = new Sqlite(file);
    const found = db.pragma('integrity_check(1)', { simple: true });
    db.close();
    return found === 'ok' ? null : `the file is damaged: ${found}; put a backup in its place`;
  } catch (error) {
    return `the file is damaged or no database (${(error as Error).message}); put a backup in its place`;
  }
}

/** A server locks a file beside its database, a display the database itself. */
function lock(file: string, database: string): () => void {
  const db = new Sqlite(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive');
    return () => {
      db.exec('rollback');
      db.close();
    };
  } catch (error) {
    db.close();
    throw new Error(`a program uses ${database}; stop it first`, { cause: error });
  }
}
