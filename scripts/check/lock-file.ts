import Sqlite from 'better-sqlite3';

/**
 * Locks a file against the program that uses a database. A server locks a file beside its database (`.lock`), a display the
 * database itself.
 *
 * @returns unlocks it
 * @throws with one sentence if a program uses the database
 */
export function lockFile(file: string, database: string): () => void {
  const db = new Sqlite(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive');
    return () => {
      db.exec('rollback');
      db.close();
    };
  } catch (error) {
    db.close();
    throw new Error(`a program uses ${database}; stop it first`, { cause: error });
  }
}
