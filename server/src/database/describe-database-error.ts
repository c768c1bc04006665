import Sqlite from 'better-sqlite3';

/** A readable sentence on what is wrong with the database file and what to do; null for other errors. */
export function describeDatabaseError(error: unknown): string | null {
  const found = [error, error instanceof Error && error.cause].find((one) => one instanceof Sqlite.SqliteError);
  const code = found?.code ?? (error as NodeJS.ErrnoException | null)?.code;
  // Extended codes, such as SQLITE_IOERR_WRITE, are more detailed than needed.
  switch (code?.replace(/^SQLITE_([A-Z]+).*/, '$1')) {
    case 'BUSY':
    case 'LOCKED':
      return 'another process is using it; stop that one first, or name another file';
    case 'NOTADB':
    case 'CORRUPT':
      return 'it is damaged or no database; put a backup in its place after you delete the -wal and -shm files beside it, or name another file';
    case 'FULL':
    case 'ENOSPC':
      return 'the disk is full; make room on it';
    case 'IOERR':
      return 'the disk does not read or write; it may be full, or broken';
    case 'READONLY':
    case 'PERM':
    case 'AUTH':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'it may only be read; give this user the right to write the file and its folder';
    case 'CANTOPEN':
      return 'unable to open it; its folder must be there, and this user must have the right to write in it';
    default:
      return found?.message ?? null;
  }
}
