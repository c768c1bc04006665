import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';
import { checkRows, type Repair } from './checked-tables.ts';
import { finishMending, mendDatabase } from './mend-database.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { faultsOf } from './storage-fault.ts';

export interface Opened<S> {
  store: S;
  /** The damaged database that the store replaces, and what was wrong with it; null: none. */
  damaged: { file: string; message: string } | null;
}

/**
 * Opens a database and checks it whole, in a folder that is created if it is missing. A damaged one is set aside, and its whole rows
 * are moved to a new one. Throws `StorageError`.
 */
export function openMended<S>(
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
    const dataDir = dirname(file);
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
