import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { type Log, type Storage, StorageError } from '#core/ports.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { checkRows, type Repair } from './checked-tables.ts';
import { finishMending, mendDatabase, removeDatabase } from './mend-database.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { repairCache, sqliteCache } from './sqlite-cache.ts';
import { repairQueue, sqliteQueue } from './sqlite-queue.ts';
import { faultsOf } from './storage-fault.ts';

/** Two SQLite files in `dataDir`: `cache.db`, which may be deleted, and `queue.db`, which may not. */
export function nodeStorage(dataDir: string, log: Log): Storage {
  return {
    openCache() {
      const options = { file: join(dataDir, 'cache.db'), migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' } as const;
      const { store, damaged } = openMended(dataDir, options, sqliteCache, repairCache);
      if (damaged === null) return { store, rebuilt: false };
      log.warn('the cache was damaged; its whole rows are kept', { error: damaged.message });
      removeDatabase(damaged.file);
      return { store, rebuilt: true };
    },
    openQueue() {
      const options = { file: join(dataDir, 'queue.db'), migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' } as const;
      const { store, damaged } = openMended(dataDir, options, sqliteQueue, repairQueue);
      if (damaged === null) return { store, setAside: null };
      log.error('the queue was damaged; it is kept, and its whole rows are in a new one', { ...damaged });
      return { store, setAside: damaged.file };
    },
  };
}

interface Opened<S> {
  store: S;
  /** The damaged database that the store replaces, and what was wrong with it; null: none. */
  damaged: { file: string; message: string } | null;
}

/** Opens a database and checks it whole. A damaged one is set aside, and its whole rows are moved to a new one. */
function openMended<S>(
  dataDir: string,
  options: DatabaseOptions,
  overDatabase: (db: Database.Database) => S,
  repair: Repair,
): Opened<S> {
  const { file } = options;
  const open = (): S => {
    const db = openDatabase(options);
    try {
      checkRows(db);
      return overDatabase(db);
    } catch (error) {
      db.close();
      throw error;
    }
  };
  return faultsOf(file, () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // SQLite reports a read-only disk as an I/O error; this check gives a precise one.
    accessSync(dataDir, constants.W_OK);
    const begun = finishMending(file);
    const damaged = begun === null ? null : { file: begun, message: 'an earlier start was mending it' };
    try {
      return { store: faultsOf(file, open), damaged };
    } catch (error) {
      if (!isDamage(file, error)) throw error;
      return { damaged: { file: mendDatabase(options, repair), message: error.message }, store: open() };
    }
  });
}

/** Damage can also make SQLite reject the schema, or take a writable file for a read-only one. */
function isDamage(file: string, error: unknown): error is StorageError {
  if (!(error instanceof StorageError)) return false;
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  if (code === 'SQLITE_READONLY') accessSync(file, constants.W_OK);
  return error.fault === 'corrupt' || code === 'SQLITE_ERROR' || code === 'SQLITE_READONLY';
}
