import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';

/**
 * Notices when the files of an open database are removed or replaced. SQLite goes on writing into a removed file, and all of
 * that is gone once it is closed.
 *
 * @returns a check, which throws `StorageError` `removed`
 */
export function watchFiles(db: Database.Database): () => void {
  if (db.memory) return () => {};
  const files = [db.name, `${db.name}-wal`].map((path) => ({ path, id: idOf(path) }));
  return () => {
    for (const { path, id } of files)
      if (idOf(path) !== id) throw new StorageError('removed', `${path} was removed or replaced`);
  };
}

/** What identifies the file at this path; null: there is none. */
function idOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}
