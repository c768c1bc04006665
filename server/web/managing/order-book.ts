import type { Order } from '#contract/order.ts';
import type { Change } from '#contract/sync.ts';

/** Orders by id; a new object whenever it changes. */
export type Orders = ReadonlyMap<string, Order>;

/**
 * The orders that a page knows. Changes come by the socket while lists are read over HTTP, so an answer may be older than what
 * is known: the newer version of an order wins, and a deleted one does not come back.
 */
export interface OrderBook {
  orders(): Orders;
  apply(changes: readonly Change[]): void;
  /**
   * Begins reading a list.
   *
   * @returns takes its orders, which are all those for which `covers` is true, and drops other such ones; null: it failed
   */
  reading(): (orders: readonly Order[] | null, covers: (order: Order) => boolean) => void;
  put(order: Order): void;
  drop(id: string): void;
  clear(): void;
}

export function createOrderBook(onChange: () => void): OrderBook {
  let orders = new Map<string, Order>();
  /** Ids that changed while lists are being read, by reading. */
  const readings = new Set<Set<string>>();
  /** Deleted orders; ids are never used again. */
  const deleted = new Set<string>();
  const touch = (id: string) => {
    for (const touched of readings) touched.add(id);
  };

  function add(order: Order): boolean {
    const known = orders.get(order.id);
    if (deleted.has(order.id) || (known && known.version >= order.version)) return false;
    orders.set(order.id, order);
    return true;
  }
  function changed(change: () => void): void {
    orders = new Map(orders);
    change();
    onChange();
  }
  function remove(id: string): void {
    deleted.add(id);
    orders.delete(id);
    touch(id);
  }

  return {
    orders: () => orders,
    apply: (changes) =>
      changed(() => {
        for (const { orderId, order } of changes) {
          if (order === null) remove(orderId);
          else if (order && add(order)) touch(orderId);
        }
      }),
    reading() {
      const touched = new Set<string>();
      readings.add(touched);
      return (read, covers) => {
        readings.delete(touched);
        if (read === null) return;
        changed(() => {
          const ids = new Set(read.map(({ id }) => id));
          for (const order of orders.values())
            if (covers(order) && !ids.has(order.id) && !touched.has(order.id)) orders.delete(order.id);
          for (const order of read) add(order);
        });
      };
    },
    put: (order) => changed(() => void (add(order) && touch(order.id))),
    drop: (id) => changed(() => remove(id)),
    clear() {
      deleted.clear();
      changed(() => orders.clear());
    },
  };
}
