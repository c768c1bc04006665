import type { Change } from '#contract/sync.ts';
import { type LogEntry, withoutOrder } from './entry.ts';

export interface Batch {
  /** False: the batch is full and this one is not in it. */
  add(entry: LogEntry): boolean;
  last(): LogEntry | undefined;
  changes(): Change[];
}

/**
 * Gathers changes into one batch until it is full (contract, section 6): at most `limit` of them, and closed before
 * `maxBytes`, counting an order only where it will be sent, at its last change. The first change always fits: an order
 * is never that big.
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
