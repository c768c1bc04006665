import type { Kysely } from 'kysely';
import { BATCH_CHANGES } from '#contract/sync.ts';
import type { Tables } from '../../database/tables.ts';
import type { Hints } from '../../hints/hints.ts';
import type { Term } from '../../leases/term.ts';
import type { Log } from '../../service.ts';
import { insertPosition, movePosition, readPosition, type StoredPosition } from './follower-rows.ts';
import type { LogReader, StopReading } from './log-reader.ts';

/** How often it checks without a hint, ms: the longest delay from a lost hint. */
const LOOK_MS = 1_000;
/** Delay before the second try of a batch, ms, and the maximum up to which it doubles. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

export interface DurableFollowerParts {
  db: Kysely<Tables>;
  term: Pick<Term, 'queue'>;
  hints: Pick<Hints, 'onHint'>;
  log: Pick<Log, 'head' | 'read'>;
  logger: { warn(details: object, message: string): void };
}

type State =
  | { kind: 'idle' }
  /** `again`: there was a hint since the last step began. */
  | { kind: 'working'; again: boolean; done: Promise<void> }
  | { kind: 'retrying'; timer: NodeJS.Timeout }
  | { kind: 'stopped' };

/** Follows a store's log from a cursor in the database. Resolves when the cursor exists; nothing is missed later. */
export async function followDurably(parts: DurableFollowerParts, reader: LogReader): Promise<StopReading> {
  const { db, hints, log, logger } = parts;
  const { queue } = parts.term;
  const { name, storeId } = reader;
  let state: State = { kind: 'idle' };
  let failures = 0;

  function wake(): void {
    if (state.kind === 'working') state.again = true;
    if (state.kind === 'idle') state = { kind: 'working', again: false, done: work() };
  }

  async function work(): Promise<void> {
    try {
      // Not before the state says that it works.
      await undefined;
      while (state.kind === 'working') {
        state.again = false;
        const moved = await step();
        failures = 0;
        if (!moved && state.kind === 'working' && !state.again) state = { kind: 'idle' };
      }
    } catch (error) {
      logger.warn({ err: error, name, storeId }, 'a follower of the log failed; it tries the same batch again');
      if (state.kind !== 'working') return;
      const delay = Math.min(RETRY_MS * 2 ** failures++, MAX_RETRY_MS);
      const timer = setTimeout(() => {
        state = { kind: 'idle' };
        wake();
      }, delay);
      timer.unref();
      state = { kind: 'retrying', timer };
    }
  }

  /** Handles the next batch; false: there is none. */
  async function step(): Promise<boolean> {
    const position = await readPosition(db, reader);
    const read = await log.read(storeId, position, BATCH_CHANGES);
    if (read.mode === 'snapshot') {
      const here = await log.head(storeId);
      await reader.onReset({ reason: read.reason, epoch: here.epoch, head: here.head });
      await queue.write(storeId, (write) => movePosition(write, reader, position, atHead(here)));
      return true;
    }
    const { mode: _, ...batch } = read;
    if (batch.to === batch.from) return false;
    await reader.handle(batch);
    const next = { epoch: batch.epoch, cursor: batch.to, hash: batch.hash };
    await queue.write(storeId, (write) => movePosition(write, reader, position, next));
    return true;
  }

  const beginning = atHead(await log.head(storeId));
  await queue.write(storeId, (write) => insertPosition(write, reader, beginning));
  const unhear = hints.onHint((hint) => {
    if (hint.kind === 'head' && hint.storeId === storeId) wake();
  });
  const looks = setInterval(wake, LOOK_MS);
  looks.unref();
  wake();

  return async () => {
    unhear();
    clearInterval(looks);
    const last = state;
    state = { kind: 'stopped' };
    if (last.kind === 'retrying') clearTimeout(last.timer);
    if (last.kind === 'working') await last.done;
  };
}

const atHead = ({ epoch, head, hash }: Awaited<ReturnType<Log['head']>>): StoredPosition => ({
  epoch,
  cursor: head,
  hash,
});
