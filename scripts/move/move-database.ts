import { sql, type Transaction } from 'kysely';
import { dialectOf } from '#server/database/dialect-of.ts';
import { openDatabase } from '#server/database/open-database.ts';
import type { Tables } from '#server/database/tables.ts';
import { checkLogs } from './check-logs.ts';
import { type Copied, copyDatabase, isEmpty } from './copy-database.ts';
import { TABLE_NAMES } from './moved-tables.ts';

/**
 * Copies everything into an empty database, in one transaction, and reads it there again. Nobody may write to the first one
 * meanwhile: a file must not be in use, and tables of PostgreSQL are locked.
 *
 * @throws with one sentence; then the second database is empty
 */
export async function moveDatabase(fromUrl: string, toUrl: string, now: number): Promise<Copied> {
  const open = (url: string) => openDatabase(url, { now, onFault: () => {} });
  const from = await open(fromUrl);
  try {
    const to = await open(toUrl);
    try {
      return await from.writes.transaction().execute(async (source) => {
        await keepStill(source);
        await checkLogs(source);
        return to.writes.transaction().execute(async (target) => {
          if (!(await isEmpty(target)))
            throw new Error('the second database is not empty; name one without orders and stores');
          return copyDatabase(source, target);
        });
      });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** A transaction that writes has a SQLite file for itself. */
async function keepStill(tx: Transaction<Tables>): Promise<void> {
  if (dialectOf(tx) === 'sqlite') return;
  const all = sql.join(TABLE_NAMES.map((name) => sql.table(name)));
  await sql`lock table ${all} in share row exclusive mode`.execute(tx);
}
