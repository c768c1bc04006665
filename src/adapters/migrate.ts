import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';

/**
 * Brings a database to the newest shape. Migrations are append-only and numbered by their place; each runs in one
 * transaction with the `user_version` that says so, and a file that holds something is copied beside itself first.
 *
 * @throws StorageError `failed` when the file was written by a newer version than this one
 */
export function migrate(db: Database.Database, migrations: readonly string[], file: string): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > migrations.length)
    throw new StorageError('failed', `${file} was written by a newer version of this program; update this one`);
  if (from > 0 && from < migrations.length) db.prepare('VACUUM INTO ?').run(`${file}.before-${from + 1}-${Date.now()}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < from) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}
