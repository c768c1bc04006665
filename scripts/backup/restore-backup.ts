import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newEpoch } from '#server/log/new-epoch.ts';
import { checkWal } from '#sqlite/check-wal.ts';
import { firstDamage } from '#sqlite/first-damage.ts';
import { lockFile } from '../check/lock-file.ts';
import { checkOrigin, checkWhole } from './check-backup.ts';
import { syncToDisk } from './sync-to-disk.ts';

const LOGS = ['-wal', '-shm'];

/**
 * Puts a backup in the place of a server's database, with a new epoch, so that every display starts over and sends again what
 * the backup does not have. The replaced files are kept beside it. A kill at any moment leaves either database whole.
 *
 * @param from a backup, or a database that nothing uses, with its `-wal`; it is not changed
 * @param at ms since 1970; part of the name of what is kept
 * @returns the path of the replaced database; null: there was none
 * @throws with one sentence, and changes nothing, if a server runs or the backup is not whole
 */
export function restoreBackup(from: string, to: string, at: number): string | null {
  if (!existsSync(from)) throw new Error(`there is no backup ${from}`);
  if (from === to) throw new Error(`${from} is the database itself; name a backup`);
  mkdirSync(dirname(to), { recursive: true });
  const unlock: (() => void)[] = [];
  try {
    // The backup may be a database that another server uses.
    if (existsSync(`${from}.lock`)) unlock.push(lockFile(`${from}.lock`, from));
    unlock.push(lockFile(`${to}.lock`, to));
    return replace(from, to, at);
  } finally {
    for (const end of unlock) end();
  }
}

function replace(from: string, to: string, at: number): string | null {
  const part = `${to}.restoring`;
  const clear = () => {
    for (const end of ['', ...LOGS]) rmSync(part + end, { force: true });
  };
  try {
    checkWhole(from);
    // A restore that was killed may have left some.
    clear();
    for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, part + end);
    beginEpoch(part, from);
    syncToDisk(part);
    const kept = existsSync(to) ? keep(to, at) : null;
    renameSync(part, to);
    syncToDisk(to);
    return kept;
  } finally {
    clear();
  }
}

/** In one file without a log, so that it replaces the database by one rename. */
function beginEpoch(file: string, from: string): void {
  using(new Sqlite(file), (db) => {
    checkOrigin(db, from);
    db.pragma('journal_mode = delete');
    db.pragma('synchronous = FULL');
    const stores = db.prepare<[], string>('select store_id from store_logs').pluck().all();
    const begin = db.prepare('update store_logs set epoch = ? where store_id = ?');
    db.transaction(() => {
      for (const store of stores) begin.run(newEpoch(), store);
    })();
  });
}

/** Keeps the database with all that is in its log, and leaves no log beside it, which SQLite would read into the backup. */
function keep(file: string, at: number): string {
  const kept = `${file}.replaced-${new Date(at).toISOString().replaceAll(':', '-')}`;
  if (isFolded(file)) {
    link(file, kept);
  } else {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, kept + end);
    for (const end of ['', '-wal']) if (existsSync(kept + end)) syncToDisk(kept + end);
    for (const end of LOGS) rmSync(file + end, { force: true });
  }
  syncToDisk(kept);
  return kept;
}

/** Writes the log of a server that was killed into the database. False: one of them is damaged, and both are as they were. */
function isFolded(file: string): boolean {
  if (!existsSync(`${file}-wal`)) return true;
  try {
    if (checkWal(file) !== 'whole') return false;
    // Closing a read-only connection does not write the log into the file.
    const found = using(new Sqlite(file, { readonly: true, timeout: 0 }), firstDamage);
    if (found !== null) return false;
    using(new Sqlite(file, { timeout: 0 }), (db) => db.pragma('wal_checkpoint(truncate)'));
    return !existsSync(`${file}-wal`);
  } catch {
    return false;
  }
}

function using<T>(db: Sqlite.Database, run: (db: Sqlite.Database) => T): T {
  try {
    return run(db);
  } finally {
    db.close();
  }
}

function link(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch {
    copyFileSync(file, kept);
  }
}
