import type { Kysely } from 'kysely';
import { readAtOnce } from '../database/read-at-once.ts';
import type { StoreLogRow, Tables } from '../database/tables.ts';
import { ServiceError } from '../service.ts';
import { entryFromRow } from './change-rows.ts';
import type { LogEntry } from './entry.ts';

/** Where a store's log stands, and its newest changes without a hole up to the head. */
export interface Tail {
  epoch: string;
  minSeq: number;
  floorHash: string | null;
  head: number;
  headHash: string | null;
  entries: readonly LogEntry[];
}

interface KeptTail extends Tail {
  entries: LogEntry[];
  bytes: number;
}

/**
 * The newest changes of the stores in use, in memory, so that sending what was just committed reads nothing. Filled by
 * commits; read from the database the first time, and again whenever it is in doubt.
 */
export interface RecentChanges {
  /** Refuses with `not_found` when there is no such store. */
  tailOf(storeId: string): Promise<Tail>;
  /** Committed changes of one store, in order. */
  append(storeId: string, entries: readonly LogEntry[]): void;
  /** The log of this store was changed in another way than by appending. */
  forget(storeId: string): void;
}

export interface RecentLimits {
  stores: number;
  /** Per store. */
  changes: number;
  bytes: number;
}
export const RECENT_LIMITS: RecentLimits = { stores: 100, changes: 1_000, bytes: 4 * 1024 * 1024 };

export function createRecentChanges(db: Kysely<Tables>, limits: RecentLimits = RECENT_LIMITS): RecentChanges {
  /** Least recently used first. */
  const tails = new Map<string, KeptTail>();
  /** Grows with everything that happens to any log: what was read meanwhile may be old. */
  let generation = 0;

  function keep(storeId: string, tail: KeptTail): void {
    tails.delete(storeId);
    tails.set(storeId, tail);
    for (const oldest of tails.keys()) {
      if (tails.size <= limits.stores) break;
      tails.delete(oldest);
    }
  }

  return {
    async tailOf(storeId) {
      const kept = tails.get(storeId);
      if (kept) return kept;
      for (;;) {
        const before = generation;
        const tail = await readTail(db, storeId, limits);
        if (before === generation) {
          keep(storeId, tail);
          return tail;
        }
      }
    },
    append(storeId, entries) {
      generation++;
      const tail = tails.get(storeId);
      const last = entries.at(-1);
      if (!tail || !last) return;
      if (entries[0]?.change.seq !== tail.head + 1) {
        tails.delete(storeId);
        return;
      }
      tail.entries.push(...entries);
      for (const entry of entries) tail.bytes += entry.bytes;
      tail.head = last.change.seq;
      tail.headHash = last.hash;
      trim(tail, limits);
      keep(storeId, tail);
    },
    forget(storeId) {
      generation++;
      tails.delete(storeId);
    },
  };
}

/** Cuts the oldest changes off in blocks, so that the cost per change stays flat. */
function trim(tail: KeptTail, limits: RecentLimits): void {
  if (tail.entries.length <= limits.changes * 1.25 && tail.bytes <= limits.bytes * 1.25) return;
  let from = Math.max(0, tail.entries.length - limits.changes);
  let bytes = tail.entries.slice(from).reduce((sum, entry) => sum + entry.bytes, 0);
  while (bytes > limits.bytes && from < tail.entries.length) bytes -= tail.entries[from++]?.bytes ?? 0;
  tail.entries = tail.entries.slice(from);
  tail.bytes = bytes;
}

async function readTail(db: Kysely<Tables>, storeId: string, limits: RecentLimits): Promise<KeptTail> {
  return readAtOnce(db).execute(async (tx) => {
    const log = await tx.selectFrom('store_logs').selectAll().where('store_id', '=', storeId).executeTakeFirst();
    if (!log) throw new ServiceError('not_found', 'There is no such store.');
    const rows = await tx
      .selectFrom('changes')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('seq', '>=', log.min_seq)
      .orderBy('seq', 'desc')
      .limit(Math.min(200, limits.changes))
      .execute();
    const entries = rows.reverse().map(entryFromRow);
    const tail: KeptTail = { ...logOf(log), entries, bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0) };
    trim(tail, limits);
    return tail;
  });
}

export function logOf(row: StoreLogRow): Omit<Tail, 'entries'> {
  return {
    epoch: row.epoch,
    minSeq: row.min_seq,
    floorHash: row.floor_hash,
    head: row.head,
    headHash: row.head_hash,
  };
}
