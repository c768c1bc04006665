import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDatabaseUrl } from '#server/settings.ts';
import { backUp, DamagedCopy, nameOfDatabase } from './backup/back-up.ts';

/**
 * `npm run backup -- FILE`: copies the database of `DATABASE_URL` into a SQLite file, also while the server runs, and checks the copy. Exits with 0
 * if the copy is whole, 1 if the database is damaged and there is no copy, 2 if it could not copy.
 */
// A backup holds customers' names.
process.umask(0o077);
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [to, ...more] = positionals;
  if (!to || more.length > 0) throw new Error('Name one new file: npm run backup -- backup.db');
  const url = readDatabaseUrl(process.env);
  await backUp(url, resolve(to));
  console.log(`${to}: a whole copy of ${nameOfDatabase(url)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof DamagedCopy ? 1 : 2;
}
