import type Database from 'better-sqlite3';
import { StorageError } from '#core/ports.ts';
import { watchFiles } from '#sqlite/watch-files.ts';

/** @returns a check that throws `StorageError` `removed` once the files of an open database are removed or replaced */
export function verifyFiles(db: Database.Database): () => void {
  if (db.memory) return () => {};
  const changed = watchFiles(db.name);
  return () => {
    const path = changed();
    if (path !== null) throw new StorageError('removed', `${path} was removed or replaced`);
  };
}
