import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import type { WriteQueue } from '../../database/write-queue.ts';
import type { Hints } from '../../hints/hints.ts';
import type { Log, StartOver } from '../../service.ts';
import { readLogRow } from '../read-log.ts';
import { insertPosition, movePosition, type StoredPosition } from './follower-rows.ts';
import type { AllLogsReader, StopReading } from './log-reader.ts';

/** How often it looks at all stores, ms: the longest delay from a lost hint, and of a new store. */
const LOOK_MS = 1_000;
/** Pause before the second try, ms, and the maximum up to which it doubles. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;
/** Stores and changes of each that are handed over together: with BATCH_BYTES of each less than a broker's usual 1 MB. */
const STORES = 4;
const CHANGES = 50;

export interface FollowAllParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  hints: Pick<Hints, 'onHint'>;
  log: Pick<Log, 'readWhole' | 'locate'>;
  logger: { warn(details: object, message: string): void };
}

/** A store whose log goes beyond its cursor. */
interface Behind {
  storeId: string;
  /** null: it has no cursor yet. */
  position: StoredPosition | null;
  head: number;
}

/**
 * Follows the logs of all stores, also of those made later, from cursors in the database: one query a second, and one
 * after hints, whatever the number of stores. A store without a cursor begins with the oldest change that its log has.
 */
export function followAll({ db, queue, hints, log, logger }: FollowAllParts, reader: AllLogsReader): StopReading {
  const { name } = reader;
  const stop = new AbortController();
  const heard = new Set<string>();
  let lookAtAllAt = 0;
  /** Where the turn of the stores stands, so that a busy one does not keep others waiting. */
  let lastStore = '';
  let wake = (): void => {};

  /** Handles what is next of a few stores; false: there is nothing. */
  async function step(): Promise<boolean> {
    const all = performance.now() >= lookAtAllAt;
    if (!all && heard.size === 0) return false;
    const behind = await readBehind(db, name, all ? null : [...heard]);
    heard.clear();
    if (all) {
      lookAtAllAt = performance.now() + LOOK_MS;
      reader.onBehind(behind.reduce((sum, { head, position }) => sum + Math.max(0, head - (position?.cursor ?? 0)), 0));
    }
    const unknown = behind.filter(({ position }) => position === null);
    if (unknown.length > 0) await queue.write(null, (write) => beginAll(write.tx, unknown));
    const known = behind.filter(({ position }) => position !== null);
    const after = known.filter(({ storeId }) => storeId > lastStore);
    const turn = [...after, ...known.slice(0, known.length - after.length)].slice(0, STORES);
    lastStore = turn.at(-1)?.storeId ?? '';
    // What is not handled now is looked for again at once.
    for (const { storeId } of behind) heard.add(storeId);
    if (turn.length > 0) await handle(turn);
    return behind.length > 0;
  }

  async function handle(stores: readonly Behind[]): Promise<void> {
    const moves: { storeId: string; from: StoredPosition; to: StoredPosition }[] = [];
    const batches: Parameters<AllLogsReader['handle']>[0][number][] = [];
    for (const { storeId, position } of stores) {
      if (position === null) continue;
      const read = await log.readWhole(storeId, position, CHANGES);
      if (read.mode === 'snapshot') {
        await reader.onReset(storeId, read);
        logger.warn({ storeId, reason: read.reason, name }, 'a log does not continue from where it was read');
        moves.push({ storeId, from: position, to: await restart(storeId, position, read) });
      } else if (read.to > read.from) {
        batches.push({ storeId, ...read });
        moves.push({ storeId, from: position, to: { epoch: read.epoch, cursor: read.to, hash: read.hash } });
      }
    }
    if (batches.length > 0) await reader.handle(batches);
    if (moves.length > 0)
      await queue.write(null, async (write) => {
        for (const { storeId, from, to } of moves) await movePosition(write, { name, storeId }, from, to);
      });
  }

  /** Where it goes on so that nothing is missed: the same place if the log has it, else with the oldest change. */
  async function restart(storeId: string, stored: StoredPosition, { reason }: StartOver): Promise<StoredPosition> {
    const { epoch, min_seq, floor_hash, head } = await readLogRow(db, storeId);
    const oldest = { epoch, cursor: min_seq - 1, hash: floor_hash };
    // Within the log it is one damaged change that cannot be read.
    const seq = reason === 'too_old' ? Math.min(Math.max(stored.cursor + 1, min_seq - 1), head) : stored.cursor;
    if (reason !== 'too_old' && reason !== 'epoch') return oldest;
    const place = await log.locate(storeId, { epoch, seq });
    if (place.mode === 'snapshot') return oldest;
    return reason === 'too_old' || place.position.hash === stored.hash ? place.position : oldest;
  }

  async function beginAll(tx: Parameters<typeof insertPosition>[0]['tx'], stores: readonly Behind[]): Promise<void> {
    for (const { storeId } of stores) {
      const { epoch, min_seq, floor_hash: hash } = await readLogRow(tx, storeId);
      await insertPosition(
        { tx } as Parameters<typeof insertPosition>[0],
        { name, storeId },
        { epoch, cursor: min_seq - 1, hash },
      );
    }
  }

  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});

  async function run(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; )
      try {
        const moved = await step();
        failures = 0;
        if (moved) continue;
        const early = new AbortController();
        wake = () => early.abort();
        if (heard.size === 0) await pause(LOOK_MS, AbortSignal.any([stop.signal, early.signal]));
      } catch (error) {
        if (stop.signal.aborted) return;
        logger.warn({ err: error, name }, 'changes could not be handed on; it is tried again');
        lookAtAllAt = 0;
        await pause(Math.min(RETRY_MS * 2 ** failures++, MAX_RETRY_MS), stop.signal);
      }
  }

  const unhear = hints.onHint((hint) => {
    if (hint.kind !== 'head') return;
    heard.add(hint.storeId);
    wake();
  });
  const ended = run();
  return async () => {
    unhear();
    stop.abort();
    await ended;
  };
}

/** The stores that are behind, of these or of all, by id. */
async function readBehind(db: Kysely<Tables>, name: string, only: readonly string[] | null): Promise<Behind[]> {
  const rows = await db
    .selectFrom('store_logs')
    .leftJoin('followers', (join) =>
      join.onRef('followers.store_id', '=', 'store_logs.store_id').on('followers.name', '=', name),
    )
    .select(['store_logs.store_id', 'store_logs.head', 'followers.epoch', 'followers.cursor', 'followers.hash'])
    .where((eb) =>
      eb.or([
        eb('followers.cursor', 'is', null),
        eb('followers.cursor', '!=', eb.ref('store_logs.head')),
        eb('followers.epoch', '!=', eb.ref('store_logs.epoch')),
      ]),
    )
    .$if(only !== null, (query) => query.where('store_logs.store_id', 'in', only ?? []))
    .orderBy('store_logs.store_id')
    .execute();
  return rows.map(({ store_id: storeId, head, epoch, cursor, hash }) => ({
    storeId,
    head,
    position: epoch === null || cursor === null ? null : { epoch, cursor, hash },
  }));
}
