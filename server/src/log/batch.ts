import type { Change } from '#contract/sync.ts';
import { type LogEntry, withoutOrder } from './entry.ts';

export interface Batch {
  /** False: the batch is full and does not include this change. */
  add(entry: LogEntry): boolean;
  last(): LogEntry | undefined;
  changes(): Change[];
}

/**
 * Collects changes into one batch until it is full (contract, section 6): at most `limit` changes and `maxBytes`.
 * Counts an order only where it is sent, at its last change. The first change always fits: no order is that big.
 */
export function createBatch(limit: number, maxBytes: number): Batch {
  const taken: LogEntry[] = [];
  const lastOf = new Map<string, LogEntry>();
  let bytes = 0;

  return {
    add(entry) {
      const earlier = lastOf.get(entry.change.orderId);
      const saved = earlier ? earlier.bytes - earlier.bareBytes : 0;
      const after = bytes + entry.bytes + 1 - saved;
      if (taken.length >= limit || (taken.length > 0 && after > maxBytes)) return false;
      taken.push(entry);
      lastOf.set(entry.change.orderId, entry);
      bytes = after;
      return true;
    },
    last: () => taken.at(-1),
    changes: () =>
      taken.map((entry) => (lastOf.get(entry.change.orderId) === entry ? entry.change : withoutOrder(entry.change))),
  };
}
