import { watchFiles } from '#sqlite/watch-files.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';

const REPLACED =
  'The database file was removed or replaced while the server ran, so nothing is stored any more. Stop the server, put ' +
  'the file or a backup in its place, and start again.';

/**
 * Returns a check that throws `DatabaseUnavailable` while the names of an open database and its log lead to other files
 * than when it was opened: SQLite would go on writing into those that nobody can open again.
 */
export function verifyFile(file: string, onFault: (error: unknown) => void): () => void {
  const changed = watchFiles(file);
  return () => {
    if (changed() === null) return;
    const error = new DatabaseUnavailable('away', undefined, REPLACED);
    onFault(error);
    throw error;
  };
}
