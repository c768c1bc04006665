import { statSync } from 'node:fs';
import { DatabaseUnavailable } from './database-unavailable.ts';

const REPLACED =
  'The database file was removed or replaced while the server ran, so nothing is stored any more. Stop the server, put ' +
  'the file or a backup in its place, and start again.';

/**
 * Returns a check that throws `DatabaseUnavailable` while the names of an open database and its log lead to other files
 * than when it was opened: SQLite would go on writing into those that nobody can open again.
 */
export function verifyFile(file: string, onFault: (error: unknown) => void): () => void {
  const names = [file, `${file}-wal`];
  const opened = names.map(identityOf);
  return () => {
    if (names.every((name, i) => identityOf(name) === opened[i])) return;
    const error = new DatabaseUnavailable('away', undefined, REPLACED);
    onFault(error);
    throw error;
  };
}

function identityOf(name: string): string | null {
  const stats = statSync(name, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev} ${stats.ino}` : null;
}
