import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileOfUrl } from '#server/database/open-database.ts';
import { readDatabaseUrl } from '#server/settings.ts';
import { backUp, DamagedCopy } from './backup/back-up.ts';

/**
 * `npm run backup -- FILE`: copies the database of `DATABASE_URL`, also while the server runs, and checks the copy. Exits with 0
 * if the copy is whole, 1 if the database is damaged and there is no copy, 2 if it could not copy.
 */
// A backup holds customers' names.
process.umask(0o077);
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [to, ...more] = positionals;
  if (!to || more.length > 0) throw new Error('Name one new file: npm run backup -- backup.db');
  const from = fileOfUrl(readDatabaseUrl(process.env));
  await backUp(from, resolve(to));
  console.log(`${to}: a whole copy of ${from}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof DamagedCopy ? 1 : 2;
}
