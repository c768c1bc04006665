import type { Kysely, Transaction } from 'kysely';
import type { LeaseStore } from './lease-store.ts';
import type { Migration } from './migration.ts';
import type { NodeStore } from './node-store.ts';
import type { StoreLogRow, Tables } from './tables.ts';

/** An open, migrated database of any kind. When it fails, its queries throw `DatabaseUnavailable`. */
export interface Database {
  /** For reads at any time. Writes go only through the write queue. */
  db: Kysely<Tables>;
  /** For the write queue only: reads that take all connections must not keep writes waiting, nor the other way round. */
  writes: Kysely<Tables>;
  /**
   * For long reads that give the event loop back in between: a second connection, so that nothing else waits for
   * them. They wait for each other.
   */
  longReads: Kysely<Tables>;
  /**
   * The lane for the writes of a store, or of no store. A lane runs one transaction at a time; different lanes commit
   * concurrently.
   */
  laneOf(storeId: string | null): string;
  /**
   * The first statements of a transaction that writes: waits until no other transaction, on any node, writes to these
   * stores; null: until no other one writes to no store.
   *
   * @returns the rows of the stores' logs, which stay as they are unless this transaction changes them
   */
  lock(tx: Transaction<Tables>, storeIds: ReadonlySet<string | null>): Promise<StoreLogRow[]>;
  /** Tells it from other databases; the same for every server that uses it. */
  identity: string;
  /** The time by which all servers that share the database go, ms since 1970; null: that of this machine. */
  readTime: (() => Promise<number>) | null;
  /** What the servers that share the database say of themselves; null: it has one server. */
  nodes: NodeStore | null;
  /** null: one server uses the database. */
  leases: LeaseStore | null;
  /** Whether what a COMMIT of unknown outcome wrote can be looked up: what is read is what a restart would find. */
  isReadDurable: boolean;
  /**
   * Throws `DatabaseUnavailable` if what is written would not be there after a restart, because somebody removed or
   * replaced the file. Called before each transaction that writes.
   */
  verify(): void;
  /** Rebuilds the indexes of `orders` and of their texts, within a write. Needed before a row that differs from them can be changed. */
  reindexOrders(tx: Transaction<Tables>): Promise<void>;
  /** An index did not match its table when the file was opened, so all were built again. */
  indexesRebuilt: boolean;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** ms since 1970. */
  now: number;
  /** Called with each failure of the database, for the log. */
  onFault(error: unknown): void;
  /**
   * Lets several programs open one SQLite file: an import beside the server, and tests of two services on one database. A
   * second server on the file is a mistake.
   */
  shared?: boolean;
  /**
   * How long a statement waits for another connection, ms; it blocks the whole thread. By default 600, and 0 if shared,
   * because services in one process would wait for themselves.
   */
  busyWaitMs?: number;
  /** Replaces this program's migrations, for tests. */
  migrations?: readonly Migration[];
}
