import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { LogEntry } from '../log/entry.ts';
import { type Commit, ServiceError } from '../service.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import type { Tables } from './tables.ts';

/** How many writes share one transaction at most, so that none waits long for its neighbours. */
const GROUP_SIZE = 200;

/** What a write works with: the running transaction, and the list of the changes made in it so far. */
export interface Write {
  tx: Transaction<Tables>;
  entries: LogEntry[];
}

/** Every write goes through here, one transaction at a time. */
export interface WriteQueue {
  /**
   * Runs `job` in the next transaction, together with what else has arrived (group commit). Resolves once it is durable.
   * A job that throws is undone alone and its caller told; when the database itself fails, all of the group are undone
   * and refused as `unavailable`.
   */
  write<T>(job: (write: Write) => Promise<T>): Promise<T>;
  /** How many have arrived and are not yet in a transaction. */
  waiting(): number;
  /** Waits for what has arrived; refuses what comes later. */
  close(): Promise<void>;
}

export interface WriteQueueOptions {
  db: Kysely<Tables>;
  /** The changes of one durable transaction, in order; called before any of its callers is answered. */
  onCommit(entries: LogEntry[]): void;
  /** After each transaction; for figures, must not throw. */
  onDone?(commit: Commit): void;
}

interface Waiting {
  job(write: Write): Promise<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}

export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let closed = false;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      // What the current turn of the event loop still has to read off its sockets joins the same transaction.
      await nextTurn();
      const group = waiting.slice(0, GROUP_SIZE);
      waiting = waiting.slice(GROUP_SIZE);
      const began = performance.now();
      const outcome = await commit(group, options);
      options.onDone?.({ outcome, writes: group.length, seconds: (performance.now() - began) / 1_000 });
    }
    working = undefined;
  }

  return {
    write<T>(job: (write: Write) => Promise<T>) {
      if (closed) return Promise.reject(new ServiceError('unavailable', 'The server is shutting down.'));
      return new Promise<T>((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        working ??= work();
      });
    },
    waiting: () => waiting.length,
    async close() {
      closed = true;
      await working;
    },
  };
}

async function commit(group: Waiting[], { db, onCommit }: WriteQueueOptions): Promise<Commit['outcome']> {
  const answers: (() => void)[] = [];
  const entries: LogEntry[] = [];
  try {
    await db.transaction().execute(async (tx) => {
      for (const { job, resolve, reject } of group) {
        try {
          const value = await withSavepoint({ tx, entries }, 'job', job);
          answers.push(() => resolve(value as never));
        } catch (error) {
          if (error instanceof DatabaseUnavailable) throw error;
          answers.push(() => reject(error));
        }
      }
    });
  } catch (error) {
    for (const { reject } of group) reject(error);
    return 'undone';
  }
  if (entries.length > 0) onCommit(entries);
  for (const answer of answers) answer();
  return 'durable';
}

/**
 * Runs a part of a write so that, when it throws, it alone is undone. A `DatabaseUnavailable` that comes out has lost the
 * whole transaction and must be passed on.
 *
 * @param savepoint a name not in use around it
 */
export async function withSavepoint<T>(
  write: Write,
  savepoint: string,
  part: (write: Write) => Promise<T>,
): Promise<T> {
  const { tx, entries } = write;
  const made = entries.length;
  try {
    await sql`savepoint ${sql.id(savepoint)}`.execute(tx);
    const value = await part(write);
    await sql`release savepoint ${sql.id(savepoint)}`.execute(tx);
    return value;
  } catch (error) {
    entries.length = made;
    if (error instanceof DatabaseUnavailable) throw error;
    try {
      await sql`rollback to savepoint ${sql.id(savepoint)}`.execute(tx);
      await sql`release savepoint ${sql.id(savepoint)}`.execute(tx);
    } catch (undoError) {
      // Without its savepoint nobody knows what is in the transaction.
      throw new DatabaseUnavailable(undoError);
    }
    throw error;
  }
}
