/** Those who follow stores' logs, by store. */
export interface Subscriptions<S extends { storeId: string }> {
  add(subscriber: S): void;
  remove(subscriber: S): void;
  of(storeId: string): Iterable<S>;
  /** The stores that somebody follows. */
  stores(): string[];
}

export function createSubscriptions<S extends { storeId: string }>(): Subscriptions<S> {
  const byStore = new Map<string, Set<S>>();
  return {
    add(subscriber) {
      const known = byStore.get(subscriber.storeId) ?? new Set();
      byStore.set(subscriber.storeId, known.add(subscriber));
    },
    remove(subscriber) {
      const known = byStore.get(subscriber.storeId);
      known?.delete(subscriber);
      if (known?.size === 0) byStore.delete(subscriber.storeId);
    },
    of: (storeId) => byStore.get(storeId) ?? [],
    stores: () => [...byStore.keys()],
  };
}
