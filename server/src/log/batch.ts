import { AUTO_ACCEPT, type Change } from '#contract/sync.ts';
import { type LogEntry, withoutOrder } from './entry.ts';

export interface Batch {
  /** False: the batch is full and does not include this change. */
  add(entry: LogEntry): boolean;
  last(): LogEntry | undefined;
  changes(): Change[];
}

/** Which changes of a batch carry their order: the last one of each order, or every one, as it was after that change. */
export type OrdersOf = 'last' | 'every';

/**
 * Collects changes into one batch until it is full (contract, section 6): at most `limit` changes and `maxBytes`.
 * Counts an order only where it is sent. The first change always fits: no order is that big. A full batch does not end
 * between an order's creation and its acceptance by the server, since displays would ring for it (A3).
 */
export function createBatch(limit: number, maxBytes: number, orders: OrdersOf = 'last'): Batch {
  const taken: LogEntry[] = [];
  const lastOf = new Map<string, LogEntry>();
  let bytes = 0;
  const isBare = (entry: LogEntry): boolean => orders === 'last' && lastOf.get(entry.change.orderId) !== entry;

  return {
    add(entry) {
      const earlier = orders === 'last' ? lastOf.get(entry.change.orderId) : undefined;
      const saved = earlier ? earlier.bytes - earlier.bareBytes : 0;
      const after = bytes + entry.bytes + 1 - saved;
      if (taken.length >= limit || (taken.length > 0 && after > maxBytes)) {
        if (orders === 'last' && taken.length > 1 && accepts(entry, taken.at(-1))) taken.pop();
        return false;
      }
      taken.push(entry);
      lastOf.set(entry.change.orderId, entry);
      bytes = after;
      return true;
    },
    last: () => taken.at(-1),
    changes: () => taken.map((entry) => (isBare(entry) ? withoutOrder(entry.change) : entry.change)),
  };
}

const accepts = ({ change }: LogEntry, before: LogEntry | undefined): boolean =>
  change.by.id === AUTO_ACCEPT.id &&
  before?.change.type === 'order_created' &&
  before.change.orderId === change.orderId;
