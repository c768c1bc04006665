import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Tables } from './tables.ts';

/** How long a start waits for a server that is just ending to let go of the file, ms. */
const LOCK_WAIT_MS = 3_000;

/**
 * Opens, locks and migrates a database file, and makes its folder. The settings are those of sync.md 3.11: WAL with
 * `synchronous=FULL`, which better-sqlite3 otherwise turns into NORMAL after the first write while it still says FULL.
 *
 * @throws with one sentence for a person when the file cannot be used
 */
export async function openSqlite(file: string, now: number): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true });
  const unlock = lockFile(file);
  try {
    const sqlite = new Sqlite(file, { timeout: 5_000 });
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withKeptStatements(sqlite) }) });
    try {
      applySettings(sqlite);
      await migrate(db as unknown as Kysely<never>, {
        dialect: 'sqlite',
        migrations: allMigrations,
        now,
        backUp: async (next) => void sqlite.prepare('vacuum into ?').run(backupName(file, next, now)),
      });
      checkDurable(sqlite);
    } catch (error) {
      sqlite.close();
      throw error;
    }
    return { db, isTrouble, close: async () => closeBoth(db, sqlite, unlock) };
  } catch (error) {
    unlock();
    if (!isTrouble(error)) throw error;
    throw new Error(`the database ${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

function applySettings(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('fullfsync = 1');
  sqlite.pragma('checkpoint_fullfsync = 1');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('wal_autocheckpoint = 1000');
}

/** Reads back, after a write, that a commit is on the disk before it is reported; kill -9 tests cannot tell. */
function checkDurable(sqlite: Sqlite.Database): void {
  sqlite.pragma('user_version = 1');
  const journal = sqlite.pragma('journal_mode', { simple: true });
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== 2)
    throw new Error(
      `the database is not durable: journal_mode is ${journal} and synchronous is ${synchronous}, not wal and 2`,
    );
}

/**
 * One process at a time: two would each hand out the same numbers. The lock is the operating system's, on a file beside
 * the database, so it ends with the process however that ends.
 */
function lockFile(file: string): () => void {
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(`${file}.lock`, { timeout: LOCK_WAIT_MS });
    lock.exec('begin exclusive');
  } catch (error) {
    lock?.close();
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    if (code.startsWith('SQLITE_BUSY'))
      throw new Error(`another process is using the database ${file}: stop it first, or name another file`);
    throw new Error(`the database ${file} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
  return () => void lock.close();
}

/** Kysely prepares a statement for each query; this keeps the compiled ones (a few hundred texts at most). */
function withKeptStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => void sqlite.close(),
    prepare(text) {
      let statement = kept.get(text);
      if (!statement) {
        if (kept.size >= 500) kept.clear();
        statement = sqlite.prepare<unknown[]>(text) as unknown as SqliteStatement;
        kept.set(text, statement);
      }
      return statement;
    },
  };
}

async function closeBoth(db: Kysely<Tables>, sqlite: Sqlite.Database, unlock: () => void): Promise<void> {
  await db.destroy();
  sqlite.close();
  unlock();
}

const backupName = (file: string, next: number, now: number): string =>
  `${file}.before-migration-${next}.${new Date(now).toISOString().replaceAll(':', '-')}`;

/** The disk or the file, not the question: nothing was stored, and the same may succeed later. */
const TROUBLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|NOMEM|PROTOCOL|PERM|AUTH|INTERRUPT)/;
function isTrouble(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && TROUBLE.test(error.code);
}
