import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { CompiledQuery, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { runCompiled } from './sqlite-dialect.ts';
import type { StoreLogRow, Tables } from './tables.ts';
import { createTurns, type Turns } from './take-turns.ts';

/** Size of the writes in one transaction: enough to share its fsync, and soon over for those who wait. */
const GROUP_SIZE = 32;
/** Most tries of a transaction while the database answers `retry`: 0.6 s of pauses in total. */
const TRIES = 8;
const FIRST_PAUSE_MS = 5;
/** Most looks for the outcome of a COMMIT whose answer was lost: 3 s of pauses in total, for a server that restarts. */
const LOOKS = 6;
const FIRST_LOOK_MS = 50;

/** The context of a write: the running transaction, and the changes made in it so far. */
export interface Write<Entry = unknown> {
  tx: Transaction<Tables>;
  entries: Entry[];
  /** The logs of the locked stores as they are now, by store: whoever changes one sets it here too. */
  logs: Map<string, StoreLogRow>;
}

type Job<T> = (write: Write) => Promise<T>;

/** Every write goes through here. Each lane of the database runs one transaction at a time. */
export interface WriteQueue {
  /**
   * Runs `job` in the next transaction, together with other waiting jobs (group commit), and resolves once it is
   * durable. The store's row is locked before the job starts: what the job reads of this store stays true until the
   * commit, on every node. A job must read everything it decides on. It may run again after a rollback.
   *
   * A job that throws is rolled back alone. If the database fails, the whole group is rolled back and rejects with
   * `DatabaseUnavailable`.
   *
   * The writes of one store run in order of arrival; stores take turns.
   *
   * @param storeId null: the job touches no store's log, and decides on nothing that another write may change
   * @param size how many changes it may make
   */
  write<T>(storeId: string | null, job: Job<T>, size?: number): Promise<T>;
  /** Writes that are not yet in a transaction. */
  waiting(): number;
  /** Finishes pending writes; refuses later ones. */
  close(): Promise<void>;
}

/** One transaction of the queue. */
export interface Commit {
  /** `undone`: the database failed and rejected every write in it; `unknown`: the writes may still be durable. */
  outcome: 'durable' | 'undone' | 'unknown';
  writes: number;
  seconds: number;
}

export interface WriteQueueOptions<Entry> extends Pick<Database, 'writes' | 'laneOf' | 'lock' | 'verify'> {
  /** The changes of one durable transaction, in order; called before any of its callers is answered. */
  onCommit(entries: Entry[]): void;
  /**
   * Whether a transaction with these changes, whose COMMIT has an unknown outcome, was committed. Only if what is read is
   * durable. Throws if it cannot be found out just now.
   */
  wasCommitted?(entries: readonly Entry[]): Promise<boolean>;
  /** After each transaction; for figures, must not throw. */
  onDone?(commit: Commit): void;
}

interface Waiting {
  storeId: string | null;
  size: number;
  job: Job<unknown>;
  resolve(value: never): void;
  reject(error: unknown): void;
}

interface Lane {
  turns: Turns<Waiting>;
  /** Resolves when the lane is empty. */
  working: Promise<void>;
}

export function createWriteQueue<Entry>(options: WriteQueueOptions<Entry>): WriteQueue {
  /** The lanes with work. */
  const lanes = new Map<string, Lane>();
  let closed = false;

  function laneFor(key: string): Lane {
    const known = lanes.get(key);
    if (known) return known;
    const turns = createTurns<Waiting>();
    const lane = { turns, working: work(key, turns) };
    lanes.set(key, lane);
    return lane;
  }

  async function work(key: string, turns: Turns<Waiting>): Promise<void> {
    do {
      // Requests that arrive in the current turn of the event loop join the same transaction.
      await nextTurn();
      const group = turns.take(GROUP_SIZE);
      const began = performance.now();
      const outcome = await commit(group, options);
      options.onDone?.({ outcome, writes: group.length, seconds: (performance.now() - began) / 1_000 });
    } while (turns.waiting() > 0);
    lanes.delete(key);
  }

  return {
    write<T>(storeId: string | null, job: Job<T>, size = 1) {
      if (closed) return Promise.reject(new DatabaseUnavailable('away', undefined, 'The server is shutting down.'));
      return new Promise<T>((resolve, reject) => {
        laneFor(options.laneOf(storeId)).turns.add({ storeId, size, job, resolve, reject });
      });
    },
    waiting: () => [...lanes.values()].reduce((sum, { turns }) => sum + turns.waiting(), 0),
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map(({ working }) => working));
    },
  };
}

async function commit<Entry>(
  group: readonly Waiting[],
  { writes, lock, verify, onCommit, wasCommitted }: WriteQueueOptions<Entry>,
): Promise<Commit['outcome']> {
  for (let attempt = 1; ; attempt++) {
    const answers: (() => void)[] = [];
    const entries: Entry[] = [];
    try {
      verify();
      await writes.transaction().execute(async (tx) => {
        // Before the first savepoint: rolling back to one releases the locks taken after it.
        const locked = await lock(tx, new Set(group.map(({ storeId }) => storeId)));
        const write = { tx, entries, logs: new Map(locked.map((log) => [log.store_id, log])) };
        await runGroup(group, write, answers);
      });
    } catch (error) {
      if (error instanceof Thrown) {
        for (const { reject } of group) reject(error.cause);
        return 'durable';
      }
      const fault = error instanceof DatabaseUnavailable ? error.fault : 'away';
      const found =
        fault === 'unknown' && entries.length > 0 && wasCommitted ? await lookUp(entries, wasCommitted) : null;
      if ((fault === 'retry' || found === false) && attempt < TRIES) {
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        continue;
      }
      if (found !== true) {
        for (const { reject } of group) reject(error);
        return fault === 'unknown' && found === null ? 'unknown' : 'undone';
      }
    }
    if (entries.length > 0) onCommit(entries);
    for (const answer of answers) answer();
    return 'durable';
  }
}

/** null: it could not be found out in time. */
async function lookUp<Entry>(
  entries: readonly Entry[],
  wasCommitted: (entries: readonly Entry[]) => Promise<boolean>,
): Promise<boolean | null> {
  for (let attempt = 1; attempt <= LOOKS; attempt++) {
    await pause(FIRST_LOOK_MS * 2 ** (attempt - 1));
    try {
      return await wasCommitted(entries);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
    }
  }
  return null;
}

/** The error of a job that is alone in its transaction, which is rolled back. */
class Thrown extends Error {}

async function runGroup(group: readonly Waiting[], write: Write, answers: (() => void)[]): Promise<void> {
  // Two statements less: if it throws, there is nothing else to keep.
  const isAlone = group.length === 1;
  for (const { job, resolve, reject } of group) {
    try {
      const value = isAlone ? await job(write) : await withSavepoint(write, 'job', job);
      answers.push(() => resolve(value as never));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      if (isAlone) throw new Thrown('the job threw', { cause: error });
      answers.push(() => reject(error));
    }
  }
}

/**
 * Runs a part of a write that is rolled back alone if it throws. A `DatabaseUnavailable` from it means that the whole
 * transaction is lost; it must be rethrown.
 *
 * @param savepoint a name that no surrounding savepoint uses
 */
export async function withSavepoint<T>(write: Write, savepoint: string, part: Job<T>): Promise<T> {
  const { tx, entries, logs } = write;
  const made = entries.length;
  const before = [...logs];
  const run = (text: string) => runCompiled(tx, CompiledQuery.raw(text));
  try {
    await run(`savepoint "${savepoint}"`);
    const value = await part(write);
    await run(`release savepoint "${savepoint}"`);
    return value;
  } catch (error) {
    entries.length = made;
    logs.clear();
    for (const [storeId, log] of before) logs.set(storeId, log);
    if (error instanceof DatabaseUnavailable) throw error;
    try {
      await run(`rollback to savepoint "${savepoint}"`);
      await run(`release savepoint "${savepoint}"`);
    } catch (undoError) {
      // Without its savepoint, the contents of the transaction are unknown.
      throw new DatabaseUnavailable('away', undoError);
    }
    throw error;
  }
}
