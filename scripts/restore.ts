import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileOfUrl, isPostgresUrl } from '#server/database/open-database.ts';
import { readDatabaseUrl } from '#server/settings.ts';
import { nameOfDatabase } from './backup/back-up.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { restoreIntoPostgres } from './backup/restore-into-postgres.ts';

/**
 * `npm run restore -- FILE`: puts a backup in the place of the database of `DATABASE_URL`, while no server runs, and keeps what it
 * replaces; a PostgreSQL database must be empty. Exits with 0 if it is done, 2 if nothing was changed.
 */
process.umask(0o077);
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [from, ...more] = positionals;
  if (!from || more.length > 0) throw new Error('Name one backup: npm run restore -- backup.db');
  const url = readDatabaseUrl(process.env);
  const [backup, now] = [resolve(from), Date.now()];
  const kept = isPostgresUrl(url)
    ? await restoreIntoPostgres(backup, url, now).then(() => null)
    : restoreBackup(backup, fileOfUrl(url), now);
  console.log(`${nameOfDatabase(url)}: restored from ${from}; start the server, and displays fetch all orders`);
  if (kept) console.log(`what was there before is kept: ${kept}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
