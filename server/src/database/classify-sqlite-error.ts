import Sqlite from 'better-sqlite3';
import type { DatabaseFault } from './database-unavailable.ts';

/** `invalid`: the request is wrong (a constraint, a bug), and the database works. */
export type DatabaseErrorClass = DatabaseFault | 'invalid';

const RETRY = /^SQLITE_(BUSY|LOCKED|PROTOCOL|INTERRUPT)/;
/** The commit's last frame is missing or incomplete in the log: SQLite ignores it after a crash. */
const AWAY = /^SQLITE_(FULL|IOERR_WRITE|READONLY|CORRUPT|NOTADB|CANTOPEN|PERM|AUTH)/;
/** At a COMMIT, for example when its fsync fails, the last frame may be on disk, and a restart would find it. */
const AWAY_OR_UNKNOWN = /^SQLITE_(IOERR|NOMEM)/;

/** @param statement the text of the statement that failed */
export function classifySqliteError(error: unknown, statement: string): DatabaseErrorClass {
  if (!(error instanceof Sqlite.SqliteError)) return 'invalid';
  if (RETRY.test(error.code)) return 'retry';
  if (AWAY.test(error.code)) return 'away';
  if (AWAY_OR_UNKNOWN.test(error.code)) return statement === 'commit' ? 'unknown' : 'away';
  return 'invalid';
}
