import { type Kysely, PostgresAdapter } from 'kysely';
import type { Dialect } from './migration.ts';
import type { Tables } from './tables.ts';

/** Which database is behind a connection or transaction, for the few statements that the two write differently. */
export const dialectOf = (db: Kysely<Tables>): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
