import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { allMigrations } from '#server/database/migrations/all-migrations.ts';
import { fileOfUrl, isPostgresUrl, openDatabase } from '#server/database/open-database.ts';
import type { Tables } from '#server/database/tables.ts';
import { createWriteQueue, type WriteQueue } from '#server/database/write-queue.ts';
import type { LogEntry } from '#server/log/entry.ts';
import { lockFile } from '../check/lock-file.ts';
import { checkVersion } from '../move/check-version.ts';

/** How long a statement waits for the server's, ms. */
const BUSY_WAIT_MS = 5_000;

export interface Target {
  db: Kysely<Tables>;
  queue: WriteQueue;
  /** A server may have the database open; it reads what is written here at its next look, within a second. */
  isShared: boolean;
  close(): Promise<void>;
}

/**
 * Opens a server's database, also while the server runs.
 *
 * @param url as in `DATABASE_URL`
 * @throws with one sentence
 */
export async function openTarget(url: string): Promise<Target> {
  const isShared = isPostgresUrl(url) ? await inspectServer(url) : inspectFile(fileOfUrl(url));
  const database = await openDatabase(url, {
    now: Date.now(),
    shared: isShared,
    busyWaitMs: BUSY_WAIT_MS,
    onFault: (error) => console.error(`the database is in trouble: ${error instanceof Error ? error.message : error}`),
  });
  const queue = createWriteQueue<LogEntry>({ ...database, onCommit() {} });
  return {
    db: database.db,
    queue,
    isShared,
    async close() {
      await queue.close();
      await database.close();
    },
  };
}

/** Whether others may use it: always. */
async function inspectServer(url: string): Promise<true> {
  await checkVersion(url);
  return true;
}

/** Whether a server uses it. */
function inspectFile(file: string): boolean {
  if (!existsSync(file)) throw new Error(`there is no database ${file}; DATABASE_URL says where it is`);
  const isShared = isInUse(file);
  checkFile(file);
  return isShared;
}

function isInUse(file: string): boolean {
  try {
    lockFile(`${file}.lock`, file)();
    return false;
  } catch {
    return true;
  }
}

/** An import migrates nothing: a server of an older version may use the file, and a dry run changes nothing. */
function checkFile(file: string): void {
  const db = new Sqlite(file, { readonly: true, timeout: BUSY_WAIT_MS });
  try {
    const newest = db.prepare<[], number>('select max(number) from migrations').pluck().get();
    if (newest !== allMigrations.at(-1)?.number)
      throw new Error(`${file} was last used by a server of another version; start the server of this version first`);
  } finally {
    db.close();
  }
}
