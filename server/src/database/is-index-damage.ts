import Sqlite from 'better-sqlite3';
import { DatabaseUnavailable } from './database-unavailable.ts';

/** Whether the database failed because an index differs from its table, which `reindexOrders` mends. */
export const isIndexDamage = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable &&
  error.cause instanceof Sqlite.SqliteError &&
  ['SQLITE_CORRUPT_INDEX', 'SQLITE_CORRUPT_VTAB'].includes(error.cause.code);
