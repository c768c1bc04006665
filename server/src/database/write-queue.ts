import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import type { Tables } from './tables.ts';

/** How many writes share one transaction at most, so that none waits long for its neighbours. */
const GROUP_SIZE = 200;
/** A transaction is tried so often while the database says `retry`: 0.6 s of pauses in all. */
const TRIES = 8;
const FIRST_PAUSE_MS = 5;

/** What a write works with: the running transaction, and the list of the changes made in it so far. */
export interface Write<Entry = unknown> {
  tx: Transaction<Tables>;
  entries: Entry[];
}

type Job<T> = (write: Write) => Promise<T>;

/** Every write goes through here; each lane of the database has one transaction under way. */
export interface WriteQueue {
  /**
   * Runs `job` in the next transaction, together with what else has arrived (group commit), and resolves once it is
   * durable. The store's row is locked before the job starts: what the job reads of this store stays true until the
   * commit, on every node. Whatever a job decides on, it reads itself. It may run more than once, undone in between.
   *
   * A job that throws is undone alone. When the database fails, the whole group is undone and rejects with
   * `DatabaseUnavailable`.
   *
   * @param storeId null: the job touches no store's log, and decides on nothing that another write may change
   */
  write<T>(storeId: string | null, job: Job<T>): Promise<T>;
  /** How many have arrived and are not yet in a transaction. */
  waiting(): number;
  /** Waits for what has arrived; refuses what comes later. */
  close(): Promise<void>;
}

/** One transaction of the queue. */
export interface Commit {
  /** `undone`: the database failed and rejected every write in it; `unknown`: they may be durable all the same. */
  outcome: 'durable' | 'undone' | 'unknown';
  writes: number;
  seconds: number;
}

export interface WriteQueueOptions<Entry> extends Pick<Database, 'db' | 'laneOf'> {
  /** The changes of one durable transaction, in order; called before any of its callers is answered. */
  onCommit(entries: Entry[]): void;
  /** After each transaction; for figures, must not throw. */
  onDone?(commit: Commit): void;
}

interface Waiting {
  storeId: string | null;
  job: Job<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}

interface Lane {
  waiting: Waiting[];
  /** Resolves when the lane is empty. */
  working: Promise<void>;
}

export function createWriteQueue<Entry>(options: WriteQueueOptions<Entry>): WriteQueue {
  /** Those with work. */
  const lanes = new Map<string, Lane>();
  let closed = false;

  function laneFor(key: string): Lane {
    const known = lanes.get(key);
    if (known) return known;
    const waiting: Waiting[] = [];
    const lane = { waiting, working: work(key, waiting) };
    lanes.set(key, lane);
    return lane;
  }

  async function work(key: string, waiting: Waiting[]): Promise<void> {
    do {
      // What the current turn of the event loop still has to read off its sockets joins the same transaction.
      await nextTurn();
      const group = waiting.splice(0, GROUP_SIZE);
      const began = performance.now();
      const outcome = await commit(group, options);
      options.onDone?.({ outcome, writes: group.length, seconds: (performance.now() - began) / 1_000 });
    } while (waiting.length > 0);
    lanes.delete(key);
  }

  return {
    write<T>(storeId: string | null, job: Job<T>) {
      if (closed) return Promise.reject(new DatabaseUnavailable('away', undefined, 'The server is shutting down.'));
      return new Promise<T>((resolve, reject) => {
        laneFor(options.laneOf(storeId)).waiting.push({ storeId, job, resolve, reject });
      });
    },
    waiting: () => [...lanes.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map(({ working }) => working));
    },
  };
}

async function commit<Entry>(
  group: readonly Waiting[],
  { db, onCommit }: WriteQueueOptions<Entry>,
): Promise<Commit['outcome']> {
  for (let attempt = 1; ; attempt++) {
    const answers: (() => void)[] = [];
    const entries: Entry[] = [];
    try {
      await db.transaction().execute((tx) => runGroup(group, { tx, entries }, answers));
    } catch (error) {
      const fault = error instanceof DatabaseUnavailable ? error.fault : 'away';
      if (fault === 'retry' && attempt < TRIES) {
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        continue;
      }
      for (const { reject } of group) reject(error);
      return fault === 'unknown' ? 'unknown' : 'undone';
    }
    if (entries.length > 0) onCommit(entries);
    for (const answer of answers) answer();
    return 'durable';
  }
}

async function runGroup(group: readonly Waiting[], write: Write, answers: (() => void)[]): Promise<void> {
  // Before the first savepoint: rolling back to one gives up the locks that were taken after it.
  await lockStores(write, new Set(group.flatMap(({ storeId }) => storeId ?? [])));
  for (const { job, resolve, reject } of group) {
    try {
      const value = await withSavepoint(write, 'job', job);
      answers.push(() => resolve(value as never));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      answers.push(() => reject(error));
    }
  }
}

/** Takes the row of each store's log, in one order for all nodes so that two groups cannot wait for each other. */
async function lockStores({ tx }: Write, storeIds: ReadonlySet<string>): Promise<void> {
  for (const storeId of [...storeIds].sort())
    await tx
      .updateTable('store_logs')
      .set((eb) => ({ head: eb.ref('head') }))
      .where('store_id', '=', storeId)
      .execute();
}

/**
 * Runs a part of a write so that, when it throws, it alone is undone. A `DatabaseUnavailable` that comes out has lost the
 * whole transaction and must be passed on.
 *
 * @param savepoint a name not in use around it
 */
export async function withSavepoint<T>(write: Write, savepoint: string, part: Job<T>): Promise<T> {
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
      throw new DatabaseUnavailable('away', undoError);
    }
    throw error;
  }
}
