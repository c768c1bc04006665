import Sqlite from 'better-sqlite3';
import { DatabaseUnavailable } from './database-unavailable.ts';

/** Whether the database failed because its search index is damaged, which `reindexOrders` builds again. */
export const isSearchDamage = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable &&
  error.cause instanceof Sqlite.SqliteError &&
  error.cause.code === 'SQLITE_CORRUPT_VTAB';
