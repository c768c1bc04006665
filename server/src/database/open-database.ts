import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, OpenOptions } from './database.ts';
import { openSqlite } from './open-sqlite.ts';

/**
 * @param url `file:./data/ticketrail.db`, `file:/var/lib/ticketrail.db`, `file:///var/lib/ticketrail.db`, or
 *   `postgres://user:password@host:port/database`
 * @throws with one readable sentence
 */
export async function openDatabase(url: string, options: OpenOptions): Promise<Database> {
  if (!isPostgresUrl(url)) return openSqlite(fileOfUrl(url), options);
  // Most shops have a file, and need none of it.
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(url, options);
}

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/**
 * The file of a SQLite database, which need not exist.
 *
 * @throws with one readable sentence
 */
export function fileOfUrl(url: string): string {
  if (isPostgresUrl(url)) throw new Error('DATABASE_URL names a PostgreSQL database, and this works on a file only');
  if (!url.startsWith('file:') || url.length === 5)
    throw new Error('DATABASE_URL must be file: and a path, such as file:./data/ticketrail.db');
  return realPath(url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice(5)));
}

/** The file behind symbolic links, so that two servers cannot use it under two names. */
function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), basename(file)) : file;
}
