import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Transaction } from 'kysely';
import { nameOfUrl } from '#server/database/postgres/name-of-url.ts';
import type { Tables } from '#server/database/tables.ts';
import { newEpoch } from '#server/log/new-epoch.ts';
import { copyDatabase, isEmpty } from '../move/copy-database.ts';
import { withDatabases } from '../move/with-databases.ts';
import { checkOrigin, checkWhole } from './check-backup.ts';

/**
 * Copies a backup into an empty PostgreSQL database, in one transaction, with a new epoch, so that every display starts over and
 * sends again what the backup does not have.
 *
 * @param from a backup, or a database that nothing uses, with its `-wal`; it is not changed
 * @param at ms since 1970
 * @throws with one sentence if the backup is not whole or the database not empty, which then stays as it was
 */
export async function restoreIntoPostgres(from: string, url: string, at: number): Promise<void> {
  if (!existsSync(from)) throw new Error(`there is no backup ${from}`);
  checkWhole(from);
  // The backup of an older version is migrated before its rows are copied.
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-restore-'));
  try {
    const part = join(dir, 'backup.db');
    for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, part + end);
    const db = new Sqlite(part);
    try {
      checkOrigin(db, from);
    } finally {
      db.close();
    }
    await copyInto(part, url, at);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const copyInto = (file: string, url: string, now: number): Promise<void> =>
  withDatabases({ from: `file:${file}`, to: url, now }, (backup, database) =>
    backup.db.transaction().execute((source) =>
      database.writes.transaction().execute(async (target) => {
        if (!(await isEmpty(target)))
          throw new Error(
            `${nameOfUrl(url)} is not empty; create a database for the backup, and name it in DATABASE_URL`,
          );
        await copyDatabase(source, target);
        await beginEpochs(target);
      }),
    ),
  );

async function beginEpochs(tx: Transaction<Tables>): Promise<void> {
  for (const { store_id } of await tx.selectFrom('store_logs').select('store_id').execute())
    await tx.updateTable('store_logs').set({ epoch: newEpoch() }).where('store_id', '=', store_id).execute();
}
