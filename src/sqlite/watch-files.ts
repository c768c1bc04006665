import { statSync } from 'node:fs';

/**
 * Notices when the files of an open database are removed or replaced. SQLite goes on writing into a removed file, and all of
 * that is gone once it is closed.
 *
 * @returns a check; it returns the path of a file that is another one than at the start; null: none is
 */
export function watchFiles(file: string): () => string | null {
  const files = [file, `${file}-wal`].map((path) => ({ path, id: idOf(path) }));
  return () => files.find(({ path, id }) => idOf(path) !== id)?.path ?? null;
}

/** What identifies the file at this path; null: there is none. */
function idOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}
