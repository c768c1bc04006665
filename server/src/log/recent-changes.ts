import type { Position } from '#contract/sync.ts';
import type { LogEntry } from './entry.ts';

/**
 * The newest changes that this process committed, by store: a cache that saves database reads for followers. It does
 * not know the head, which other processes also move.
 */
export interface RecentChanges {
  /** The changes after the position, not empty; null: ask the database. */
  after(storeId: string, position: Position): readonly LogEntry[] | null;
  /** Committed changes of one store, in order. */
  append(storeId: string, entries: readonly LogEntry[]): void;
  forget(storeId: string): void;
}

export interface RecentLimits {
  stores: number;
  /** Per store. */
  changes: number;
  bytes: number;
}
export const RECENT_LIMITS: RecentLimits = { stores: 100, changes: 1_000, bytes: 4 * 1024 * 1024 };

interface Tail {
  /** Of one epoch, without gaps. */
  entries: LogEntry[];
  bytes: number;
}

export function createRecentChanges(limits: RecentLimits = RECENT_LIMITS): RecentChanges {
  /** Least recently written first. */
  const tails = new Map<string, Tail>();

  return {
    after(storeId, { epoch, cursor, hash }) {
      const entries = tails.get(storeId)?.entries ?? [];
      const index = cursor - (entries[0]?.change.seq ?? Number.POSITIVE_INFINITY);
      const at = entries[index];
      if (at?.epoch !== epoch || at.hash !== hash || index === entries.length - 1) return null;
      return entries.slice(index + 1);
    },
    append(storeId, entries) {
      const known = tails.get(storeId);
      const tail = known && follows(known.entries.at(-1), entries[0]) ? known : { entries: [], bytes: 0 };
      tail.entries.push(...entries);
      for (const entry of entries) tail.bytes += entry.bytes;
      trim(tail, limits);
      tails.delete(storeId);
      tails.set(storeId, tail);
      for (const oldest of tails.keys()) {
        if (tails.size <= limits.stores) break;
        tails.delete(oldest);
      }
    },
    forget: (storeId) => void tails.delete(storeId),
  };
}

const follows = (last: LogEntry | undefined, next: LogEntry | undefined): boolean =>
  last !== undefined && next?.epoch === last.epoch && next.change.seq === last.change.seq + 1;

/** Removes the oldest changes in blocks, so that the cost per change stays constant. */
function trim(tail: Tail, limits: RecentLimits): void {
  if (tail.entries.length <= limits.changes * 1.25 && tail.bytes <= limits.bytes * 1.25) return;
  let from = Math.max(0, tail.entries.length - limits.changes);
  let bytes = tail.entries.slice(from).reduce((sum, entry) => sum + entry.bytes, 0);
  while (bytes > limits.bytes && from < tail.entries.length) bytes -= tail.entries[from++]?.bytes ?? 0;
  tail.entries = tail.entries.slice(from);
  tail.bytes = bytes;
}
