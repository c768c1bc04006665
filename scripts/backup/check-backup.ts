import type Sqlite from 'better-sqlite3';
import { allMigrations } from '#server/database/migrations/all-migrations.ts';
import { checkDatabase } from '../check/check-database.ts';

/** @throws with one sentence if something in it is damaged */
export function checkWhole(file: string): void {
  const sentences = checkDatabase(file);
  if (sentences.length > 0) throw new Error(`${file} is not whole: ${sentences.join('; ')}`);
}

/**
 * @param db a copy of the backup
 * @param name of the backup
 * @throws with one sentence if it is not of a server of this version or an older one
 */
export function checkOrigin(db: Sqlite.Database, name: string): void {
  const isServer = db.prepare("select 1 from sqlite_schema where name = 'store_logs'").get();
  if (!isServer) throw new Error(`${name} is not the database of a server`);
  const newest = Number(db.prepare('select max(number) from migrations').pluck().get());
  if (newest > (allMigrations.at(-1)?.number ?? 0))
    throw new Error(`${name} was written by a newer version of this program; restore it with that version`);
}
