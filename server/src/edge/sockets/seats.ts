/** Those who follow stores' logs over a socket, by store: displays that have said hello, or admins who have subscribed. */
export interface Seats<S extends { storeId: string }> {
  add(seat: S): void;
  remove(seat: S): void;
  of(storeId: string): Iterable<S>;
  stores(): string[];
}

export function createSeats<S extends { storeId: string }>(): Seats<S> {
  const byStore = new Map<string, Set<S>>();
  return {
    add(seat) {
      const seats = byStore.get(seat.storeId) ?? new Set();
      byStore.set(seat.storeId, seats.add(seat));
    },
    remove(seat) {
      const seats = byStore.get(seat.storeId);
      seats?.delete(seat);
      if (seats?.size === 0) byStore.delete(seat.storeId);
    },
    of: (storeId) => byStore.get(storeId) ?? [],
    stores: () => [...byStore.keys()],
  };
}
