import type { Kysely } from 'kysely';
import type { Migration } from './migration.ts';
import type { Tables } from './tables.ts';

/** An open, migrated database, whichever it is. When it is in trouble, its queries throw `DatabaseUnavailable`. */
export interface Database {
  /** Reads go through this at any time; writes only through the write door. */
  db: Kysely<Tables>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** ms since 1970. */
  now: number;
  /** Told of every trouble, for the log. */
  onTrouble(error: unknown): void;
  /** Others than this program's own, for tests. */
  migrations?: readonly Migration[];
}
