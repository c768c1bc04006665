import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { fileOfUrl, isPostgresUrl } from '#server/database/open-database.ts';
import { nameOfUrl } from '#server/database/postgres/name-of-url.ts';
import { complaintsOf } from '../check/check-database.ts';
import { DamagedLog } from '../move/check-logs.ts';
import { copyPostgres } from './copy-postgres.ts';
import { syncToDisk } from './sync-to-disk.ts';

/** Pages of one step: about 5 ms on a slow disk, so that the program stays responsive. */
const PAGES = 1_000;

/** The copy has damage, so the database has it too. */
export class DamagedCopy extends Error {}

/** What a database is called in messages: the path of a file, or the place of a PostgreSQL database. */
export const nameOfDatabase = (url: string): string => (isPostgresUrl(url) ? nameOfUrl(url) : fileOfUrl(url));

/**
 * Copies a database into a SQLite file, also while a server writes to it, as it is at one moment: everything that was acknowledged
 * before the call is in the copy. The copy is checked row by row, is on the disk when this resolves, and needs no other file.
 *
 * @param url as in `DATABASE_URL`
 * @param to a name that does not exist; it appears only when the copy is whole
 * @throws with one sentence, a {@link DamagedCopy} if the copy has damage; leaves nothing behind
 */
export async function backUp(url: string, to: string): Promise<void> {
  const from = nameOfDatabase(url);
  if (!isPostgresUrl(url) && !existsSync(from)) throw new Error(`there is no database ${from}`);
  if (existsSync(to)) throw new Error(`${to} exists already; give a new name, since no backup is overwritten`);
  if (!existsSync(dirname(to))) throw new Error(`there is no folder ${dirname(to)}`);
  const part = `${to}.part-${process.pid}`;
  const damaged = (what: string) => new DamagedCopy(`no copy was made, since ${from} is damaged: ${what}`);
  try {
    if (isPostgresUrl(url))
      await copyPostgres(url, part).catch((error) => {
        throw error instanceof DamagedLog ? damaged(error.message) : error;
      });
    else await copyPages(from, part);
    standAlone(part);
    const sentences = complaintsOf(part);
    if (sentences.length > 0) throw damaged(sentences.join('; '));
    syncToDisk(part);
    putInPlace(part, to);
    syncToDisk(to);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal', '.lock']) rmSync(part + end, { force: true });
  }
}

async function copyPages(from: string, to: string): Promise<void> {
  const source = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    // Without a transaction around it, each write of the server would start the copy from the beginning.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(to, { progress: () => PAGES });
  } finally {
    source.close();
  }
}

/** Without a write-ahead log, so that the file can be read from a read-only disk. */
function standAlone(file: string): void {
  const db = new Sqlite(file);
  try {
    db.pragma('journal_mode = delete');
  } finally {
    db.close();
  }
}

/** Unlike a rename, a link replaces nothing; the file system of a memory stick has none. */
function putInPlace(part: string, to: string): void {
  try {
    linkSync(part, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(to)) throw error;
    renameSync(part, to);
  }
}
