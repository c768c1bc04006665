import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import type { Hints } from '../../hints/hints.ts';
import type { Term } from '../../leases/term.ts';
import type { Log, StartOver } from '../../service.ts';
import { readLogRow } from '../read-log.ts';
import type { StoredPosition } from './follower-rows.ts';
import type { AllLogsReader, StopReading } from './log-reader.ts';
import { createPlaces } from './places.ts';

/** How often it looks at all stores, ms: the longest delay from a lost hint, and of a new store. */
const LOOK_MS = 1_000;
/** How often it stores how far it is, ms. Each time is a commit that new orders may have to wait for. */
const SAVE_MS = 1_000;
/** Pause before it handles more, ms: answers go first, and changes that arrive meanwhile are handled together. */
const REST_MS = 50;
/** Pause before the second try, ms, and the maximum up to which it doubles. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;
/** Stores and changes of each that are handed over together: with BATCH_BYTES of each less than a broker's usual 1 MB. */
const STORES = 4;
const CHANGES = 25;

export interface FollowAllParts {
  db: Kysely<Tables>;
  term: Pick<Term, 'queue' | 'confirm'>;
  hints: Pick<Hints, 'onHint'>;
  log: Pick<Log, 'readWhole' | 'locate'>;
  logger: { warn(details: object, message: string): void };
}

/** A store whose log does not end where the reader is. */
interface Behind {
  storeId: string;
  place: StoredPosition;
}

/**
 * Follows the logs of all stores, also of those made later: one query a second, and one after hints, whatever the number
 * of stores. A store without a cursor in the database begins with the oldest change that its log has.
 */
export function followAll({ db, term, hints, log, logger }: FollowAllParts, reader: AllLogsReader): StopReading {
  const { name } = reader;
  const stop = new AbortController();
  const places = createPlaces(db, term.queue, name);
  const heard = new Set<string>();
  let lookAtAllAt = 0;
  let saveAt = 0;
  /** Where the turn of the stores stands, so that a busy one does not keep others waiting. */
  let lastStore = '';
  let wake = (): void => {};

  /** Handles what is next of a few stores. */
  async function step(): Promise<void> {
    if (performance.now() >= saveAt) {
      await places.save();
      saveAt = performance.now() + SAVE_MS;
    }
    const all = performance.now() >= lookAtAllAt;
    if (all || heard.size > 0) {
      const behind = await readBehind(all);
      const after = behind.filter(({ storeId }) => storeId > lastStore);
      const turn = [...after, ...behind.slice(0, behind.length - after.length)].slice(0, STORES);
      lastStore = turn.at(-1)?.storeId ?? '';
      // What is not handled now is looked for again.
      for (const { storeId } of behind) heard.add(storeId);
      if (turn.length > 0) await handle(turn);
    }
  }

  /** The stores that are behind, of those with a hint or of all, by id. */
  async function readBehind(all: boolean): Promise<Behind[]> {
    const rows = await db
      .selectFrom('store_logs')
      .select(['store_id as storeId', 'epoch', 'head'])
      .$if(!all, (query) => query.where('store_id', 'in', [...heard]))
      .orderBy('store_id')
      .execute();
    heard.clear();
    const unknown = rows.filter(({ storeId }) => !places.of(storeId)).map(({ storeId }) => storeId);
    if (unknown.length > 0) await places.load(unknown);
    const ends = rows.flatMap((row) => {
      const place = places.of(row.storeId);
      return place ? [{ ...row, place }] : [];
    });
    if (all) {
      lookAtAllAt = performance.now() + LOOK_MS;
      reader.onBehind(ends.reduce((sum, { head, place }) => sum + Math.max(0, head - place.cursor), 0));
    }
    return ends.filter(({ head, epoch, place }) => place.cursor !== head || place.epoch !== epoch);
  }

  async function handle(stores: readonly Behind[]): Promise<void> {
    const moves: { storeId: string; to: StoredPosition }[] = [];
    const batches: Parameters<AllLogsReader['handle']>[0][number][] = [];
    for (const { storeId, place } of stores) {
      const read = await log.readWhole(storeId, place, CHANGES);
      if (read.mode === 'snapshot') {
        await term.confirm();
        await reader.onReset(storeId, read);
        logger.warn({ storeId, reason: read.reason, name }, 'a log does not continue from where it was read');
        places.move(storeId, await restart(storeId, place, read));
      } else if (read.to > read.from) {
        batches.push({ storeId, ...read });
        moves.push({ storeId, to: { epoch: read.epoch, cursor: read.to, hash: read.hash } });
      }
    }
    if (batches.length > 0) {
      await term.confirm();
      await reader.handle(batches);
    }
    for (const { storeId, to } of moves) places.move(storeId, to);
  }

  /** Where it goes on so that nothing is missed: the same place if the log has it, else with the oldest change. */
  async function restart(storeId: string, before: StoredPosition, { reason }: StartOver): Promise<StoredPosition> {
    const { epoch, min_seq, floor_hash, head } = await readLogRow(db, storeId);
    const oldest = { epoch, cursor: min_seq - 1, hash: floor_hash };
    // Within the log it is one damaged change that cannot be read.
    const seq = reason === 'too_old' ? Math.min(Math.max(before.cursor + 1, min_seq - 1), head) : before.cursor;
    if (reason !== 'too_old' && reason !== 'epoch') return oldest;
    const place = await log.locate(storeId, { epoch, seq });
    if (place.mode === 'snapshot') return oldest;
    return reason === 'too_old' || place.position.hash === before.hash ? place.position : oldest;
  }

  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});

  async function run(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; )
      try {
        await step();
        failures = 0;
        if (heard.size === 0) {
          const early = new AbortController();
          wake = () => early.abort();
          await pause(LOOK_MS, AbortSignal.any([stop.signal, early.signal]));
        }
        await pause(REST_MS, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        // Once, however long it lasts.
        if (failures === 0) logger.warn({ err: error, name }, 'changes could not be handed on; it is tried again');
        lookAtAllAt = 0;
        await pause(Math.min(RETRY_MS * 2 ** failures++, MAX_RETRY_MS), stop.signal);
      }
  }

  const unhear = hints.onHint((hint) => {
    if (hint.kind !== 'head') return;
    heard.add(hint.storeId);
    wake();
  });
  const ended = run().then(() =>
    places.save().catch((error) => logger.warn({ err: error, name }, 'how far changes are handed on is not stored')),
  );
  return async () => {
    unhear();
    stop.abort();
    await ended;
  };
}
