import type { Kysely } from 'kysely';
import type { Migration } from './migration.ts';
import type { Tables } from './tables.ts';

/** An open, migrated database of any kind. When it fails, its queries throw `DatabaseUnavailable`. */
export interface Database {
  /** For reads at any time. Writes go through the write queue only. */
  db: Kysely<Tables>;
  /**
   * The lane in which the writes of a store go, or those of no store: one lane has one transaction under way. Lanes that
   * differ commit at the same time.
   */
  laneOf(storeId: string | null): string;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** ms since 1970. */
  now: number;
  /** Called with each failure of the database, for the log. */
  onFault(error: unknown): void;
  /**
   * Lets several services open one SQLite file. For tests of what two services do to one database: in production a second
   * process on the file is a mistake.
   */
  shared?: boolean;
  /** Replaces this program's own, for tests. */
  migrations?: readonly Migration[];
}
