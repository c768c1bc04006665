import { checkVersion } from '../move/check-version.ts';
import { copyDatabase } from '../move/copy-database.ts';
import { withDatabases } from '../move/with-databases.ts';

/**
 * Copies a PostgreSQL database into a new SQLite file, also while servers write to it, as it is at one moment.
 *
 * @throws with one sentence, `DamagedLog` if a log is damaged; the file is then of no use
 */
export async function copyPostgres(url: string, file: string): Promise<void> {
  await checkVersion(url);
  await withDatabases({ from: url, to: `file:${file}`, now: Date.now() }, (database, copy) =>
    database.longReads
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((source) => copy.writes.transaction().execute((target) => copyDatabase(source, target))),
  );
}
