import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';

/** The version is stored twice: as `user_version`, and added to this number as `application_id`. */
const MARK = 0x54_4b_00_00;

/**
 * Migrates a database to the newest version. Migrations are append-only and numbered by position. Each runs in one
 * transaction with its `user_version`. An existing file is first copied to a backup in the same folder.
 *
 * @throws StorageError `failed` when the file was written by a newer version than this one, `corrupt` when its version is
 *   damaged
 */
export function migrate(db: Database.Database, migrations: readonly string[], file: string): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  const mark = Number(db.pragma('application_id', { simple: true }));
  // Earlier versions stored no mark.
  if (mark !== 0 && mark !== MARK + from)
    throw new StorageError('corrupt', `${file}: its version is damaged: ${from}, ${mark}`);
  if (from > migrations.length)
    throw new StorageError('failed', `${file} was written by a newer version of this program; update this one`);
  if (from > 0 && from < migrations.length) db.prepare('VACUUM INTO ?').run(`${file}.before-${from + 1}-${Date.now()}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < from) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
      db.pragma(`application_id = ${MARK + index + 1}`);
    })();
  }
}
