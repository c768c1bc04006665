import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** An open, migrated database, whichever it is. */
export interface Database {
  /** Reads go through this at any time; writes only through the write door. */
  db: Kysely<Tables>;
  /** Whether an error means that the database itself is in trouble (full, busy, damaged), not that a query was wrong. */
  isTrouble(error: unknown): boolean;
  close(): Promise<void>;
}
