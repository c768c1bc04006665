import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, OpenOptions } from './database.ts';
import { openSqlite } from './open-sqlite.ts';

/**
 * @param url `file:./data/ticketrail.db`, `file:/var/lib/ticketrail.db` or `file:///var/lib/ticketrail.db`
 * @throws with one readable sentence
 */
export async function openDatabase(url: string, options: OpenOptions): Promise<Database> {
  return openSqlite(fileOfUrl(url), options);
}

/**
 * The file of a database, which need not exist.
 *
 * @param url as in {@link openDatabase}
 * @throws with one readable sentence
 */
export function fileOfUrl(url: string): string {
  if (!url.startsWith('file:') || url.length === 5)
    throw new Error(
      'DATABASE_URL must be file: and a path, such as file:./data/ticketrail.db; this version has no other database',
    );
  return realPath(url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice(5)));
}

/** The file behind symbolic links, so that two servers cannot use it under two names. */
function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), basename(file)) : file;
}
