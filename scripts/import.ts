import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDatabaseUrl } from '#server/settings.ts';
import { importFile } from './import/import-file.ts';

/**
 * `npm run import -- --store ID FILE.(json|csv|db) [--dry-run]`: takes the orders and bookings of an older system into a store of
 * the database of `DATABASE_URL`. Exits with 0 when all rows were taken or refused by name, 1 when it did not get to the end: run
 * it again, and it goes on. 2: nothing was changed.
 */
process.umask(0o077);
const USAGE = 'npm run import -- --store main orders.csv [--dry-run]';
try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { store: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [file, ...more] = positionals;
  if (!values.store || !file || more.length > 0) throw new Error(`Name a store and one file: ${USAGE}`);
  process.exitCode = await importFile({
    storeId: values.store,
    file: resolve(file),
    database: readDatabaseUrl(process.env),
    isDryRun: values['dry-run'],
    now: Date.now(),
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
