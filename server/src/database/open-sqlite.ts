import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { checkWal } from '#sqlite/check-wal.ts';
import { ownerOnly } from '#sqlite/owner-only.ts';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import type { Database, OpenOptions } from './database.ts';
import { describeDatabaseError } from './describe-database-error.ts';
import { lockStores } from './lock-stores.ts';
import { mendIndexes, mendSearchKeys } from './mend-indexes.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { checkSchema, clearMark, markSchema } from './schema-mark.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { addAsRead } from './store-text-as-read.ts';
import type { Tables } from './tables.ts';
import { verifyFile } from './verify-file.ts';

/** How long a start waits for a stopping server to release the file, ms. */
const LOCK_WAIT_MS = 3_000;
/** How long a statement waits for another connection, such as a backup, ms; longer waits are left to the write queue's retries. */
const BUSY_WAIT_MS = 600;
/** Everything in the search index can be computed from the orders. */
const REBUILD_SEARCH = `insert into order_search (order_search) values ('rebuild')`;

/**
 * Opens, locks and migrates a database file, and creates its folder. The settings are those of sync.md 3.11: WAL with
 * `synchronous=FULL`, which better-sqlite3 otherwise turns into NORMAL after the first write while it still says FULL.
 *
 * @throws with one readable sentence if the file cannot be used
 */
export async function openSqlite(file: string, options: OpenOptions): Promise<Database> {
  let unlock = () => {};
  let sqlite: Sqlite.Database | undefined;
  let reading: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!options.shared) unlock = lockFile(file);
    // Without this check, SQLite opens a read-only file and leaves unwritable files beside it.
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    if (!options.shared) checkLog(file, options.onFault);
    const timeout = options.busyWaitMs ?? (options.shared ? 0 : BUSY_WAIT_MS);
    sqlite = new Sqlite(file, { timeout });
    const writing = sqlite;
    const { db, indexesRebuilt } = await prepare(writing, file, options);
    reading = new Sqlite(file, { readonly: true, timeout });
    const longReads = new Kysely<Tables>({ dialect: sqliteDialect(reading, options.onFault) });
    const close = async () => {
      // First: the last connection empties the write-ahead log, which this one cannot.
      await longReads.destroy();
      await db.destroy();
      unlock();
    };
    // One file has one writer, and one group commit for all stores costs one fsync.
    return {
      db,
      writes: db,
      longReads,
      identity: file,
      readTime: null,
      nodes: null,
      laneOf: () => 'all',
      lock: lockStores,
      leases: null,
      // After a failed fsync, what is read may be only in memory.
      isReadDurable: false,
      verify: verifyFile(file, options.onFault),
      indexesRebuilt,
      async reindexOrders(tx) {
        mendSearchKeys(writing);
        await sql`reindex orders`.execute(tx);
        await sql.raw(REBUILD_SEARCH).execute(tx);
      },
      close,
    };
  } catch (error) {
    reading?.close();
    sqlite?.close();
    unlock();
    throw new Error(`the database ${file} cannot be used: ${sentence(error)}`, { cause: error });
  }
}

/**
 * @throws if commits that were reported would be lost. A commit that cannot be read and was perhaps never reported is only
 * reported here, since a power cut can leave one.
 */
function checkLog(file: string, onFault: OpenOptions['onFault']): void {
  const state = checkWal(file);
  if (state === 'damaged')
    throw new Error(
      `its log ${file}-wal is damaged, and changes in it would be lost without a word; put a backup in the place of all its ` +
        `files, or run npm run check -- --repair ${file}, which keeps a copy and goes on with what can be read`,
    );
  if (state === 'torn')
    onFault(new Error('its last transaction cannot be read: the power failed while it was written, or it is damaged'));
}

async function prepare(
  sqlite: Sqlite.Database,
  file: string,
  { now, onFault, migrations = allMigrations }: OpenOptions,
): Promise<{ db: Kysely<Tables>; indexesRebuilt: boolean }> {
  applySettings(sqlite);
  checkSchema(sqlite);
  // Now, so that damage shows at the start and not in the middle of dinner.
  const indexesRebuilt = mendIndexes(sqlite) !== null;
  addRowChecksum(sqlite);
  addAsRead(sqlite);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite, onFault) });
  await migrate(db as unknown as Kysely<never>, {
    dialect: 'sqlite',
    migrations,
    now,
    async backUp(next) {
      sqlite.prepare('vacuum into ?').run(backupName(file, next, now));
      clearMark(sqlite);
    },
  });
  markSchema(sqlite);
  checkDurable(sqlite);
  ownerOnly(file);
  return { db, indexesRebuilt };
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

/** Verifies, after a write, that a commit reaches the disk before it is reported; a kill -9 test cannot show that. */
function checkDurable(sqlite: Sqlite.Database): void {
  sqlite.pragma('user_version = 1');
  const journal = sqlite.pragma('journal_mode', { simple: true });
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== 2)
    throw new Error(`it is not durable (journal_mode is ${journal} and synchronous is ${synchronous}, not wal and 2)`);
}

/**
 * One process at a time: a second one on the same file is a configuration mistake. The operating system holds the lock,
 * on a file beside the database, so it ends with the process.
 */
function lockFile(file: string): () => void {
  const lock = new Sqlite(`${file}.lock`, { timeout: LOCK_WAIT_MS });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => void lock.close();
}

function sentence(error: unknown): string {
  return describeDatabaseError(error) ?? (error instanceof Error ? error.message : String(error));
}

const backupName = (file: string, next: number, now: number): string =>
  `${file}.before-migration-${next}.${new Date(now).toISOString().replaceAll(':', '-')}`;
