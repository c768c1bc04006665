import { sql, type Transaction } from 'kysely';
import { dialectOf } from '#server/database/dialect-of.ts';
import type { Tables } from '#server/database/tables.ts';
import { checkLogs } from './check-logs.ts';
import { type Copied, copyDatabase, isEmpty } from './copy-database.ts';
import { TABLE_NAMES } from './moved-tables.ts';
import { withDatabases } from './with-databases.ts';

/**
 * Copies everything into an empty database, in one transaction, and reads it there again. Nobody may write to the first one
 * meanwhile: a file must not be in use, and tables of PostgreSQL are locked.
 *
 * @throws with one sentence; then the second database is empty
 */
export const moveDatabase = (from: string, to: string, now: number): Promise<Copied> =>
  withDatabases({ from, to, now }, (first, second) =>
    first.writes.transaction().execute(async (source) => {
      await keepStill(source);
      await checkLogs(source);
      return second.writes.transaction().execute(async (target) => {
        if (!(await isEmpty(target)))
          throw new Error('the second database is not empty; name one without orders and stores');
        return copyDatabase(source, target);
      });
    }),
  );

/** A transaction that writes has a SQLite file for itself. */
async function keepStill(tx: Transaction<Tables>): Promise<void> {
  if (dialectOf(tx) === 'sqlite') return;
  const all = sql.join(TABLE_NAMES.map((name) => sql.table(name)));
  await sql`lock table ${all} in share row exclusive mode`.execute(tx);
}
