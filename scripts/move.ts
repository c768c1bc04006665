import { parseArgs } from 'node:util';
import { moveDatabase } from './move/move-database.ts';

/**
 * `npm run move -- FROM_URL TO_URL`: copies everything from SQLite to PostgreSQL or back, while no server runs: log, epoch,
 * ledger, tokens. Exits with 0 when the second database holds all of it, checked by hash; otherwise with 1, and it holds nothing.
 */
process.umask(0o077);
const USAGE = 'npm run move -- file:./data/ticketrail.db postgres://user:password@host:5432/database';
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [from, to, ...more] = positionals;
  if (!from || !to || more.length > 0) throw new Error(`name two databases, ${USAGE}`);
  const { rows, hash } = await moveDatabase(from, to, Date.now());
  for (const [table, count] of Object.entries(rows)) console.log(`${String(count).padStart(9)} ${table}`);
  console.log(
    `Moved, and equal in both (SHA-256 ${hash}). Set DATABASE_URL to the second one before you start the server.`,
  );
} catch (error) {
  console.error(`Nothing was moved: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
