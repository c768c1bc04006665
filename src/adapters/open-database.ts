import Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';
import { checkWal } from '#sqlite/check-wal.ts';
import { firstDamage } from '#sqlite/first-damage.ts';
import { ownerOnly } from '#sqlite/owner-only.ts';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import { checkSchema } from './check-schema.ts';
import { migrate } from './migrate.ts';
import { faultsOf } from './storage-fault.ts';

export interface DatabaseOptions {
  /** A path, or `:memory:`. */
  file: string;
  migrations: readonly string[];
  /** FULL: a commit is durable when it returns. NORMAL: a power cut may undo the last commits, but never corrupts the file. */
  synchronous: 'FULL' | 'NORMAL';
}

/**
 * Opens one of the display's databases for this process alone, checked and migrated. SQLite's settings are those of
 * `sync.md` 3.11. better-sqlite3 is built so that WAL silently means NORMAL, but reports FULL until the first write, so the
 * setting is read back after one.
 *
 * @throws StorageError `locked` if another process has the file, `corrupt` if it is not an intact database
 */
export function openDatabase({ file, migrations, synchronous }: DatabaseOptions): Database.Database {
  return faultsOf(file, () => {
    // With NORMAL, a power cut can leave such a log too; commits are lost in it all the same.
    const wal = checkWal(file);
    if (wal !== 'whole') throw new StorageError('corrupt', `${file}: its write-ahead log is ${wal}`);
    const db = new Database(file, { timeout: 2_000 });
    try {
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('journal_mode = WAL');
      db.pragma(`synchronous = ${synchronous}`);
      db.pragma('fullfsync = 1');
      db.pragma('checkpoint_fullfsync = 1');
      db.pragma('foreign_keys = ON');
      db.pragma('trusted_schema = OFF');
      const damage = firstDamage(db);
      if (damage !== null) throw new StorageError('corrupt', `${file}: ${damage}`);
      addRowChecksum(db);
      migrate(db, migrations, file);
      checkSchema(db, migrations);
      takeLock(db);
      ownerOnly(file);
      checkSynchronous(db, synchronous, file);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** The first write: it holds the exclusive lock until the file is closed, and makes the pragma below report the real value. */
function takeLock(db: Database.Database): void {
  db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`);
}

function checkSynchronous(db: Database.Database, wanted: 'FULL' | 'NORMAL', file: string): void {
  const is = db.pragma('synchronous', { simple: true });
  if (is !== (wanted === 'FULL' ? 2 : 1))
    throw new StorageError('failed', `${file}: synchronous is ${String(is)} after the first write, not ${wanted}`);
}
