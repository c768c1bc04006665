import { openDatabase } from '#server/database/open-database.ts';
import { checkVersion } from '../move/check-version.ts';
import { copyDatabase } from '../move/copy-database.ts';

/**
 * Copies a PostgreSQL database into a new SQLite file, also while servers write to it, as it is at one moment.
 *
 * @throws with one sentence, `DamagedLog` if a log is damaged; the file is then of no use
 */
export async function copyPostgres(url: string, file: string): Promise<void> {
  await checkVersion(url);
  const options = { now: Date.now(), onFault: () => {} };
  const from = await openDatabase(url, options);
  try {
    const to = await openDatabase(`file:${file}`, options);
    try {
      await from.longReads
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((source) => to.writes.transaction().execute((target) => copyDatabase(source, target)));
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
