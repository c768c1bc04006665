import type { Seat } from './store-namespace.ts';

/** The displays that are connected and have said hello, by store. */
export interface Seats {
  add(seat: Seat): void;
  remove(seat: Seat): void;
  of(storeId: string): Iterable<Seat>;
  stores(): string[];
  isLive(deviceId: string): boolean;
}

export function createSeats(): Seats {
  const byStore = new Map<string, Set<Seat>>();
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
    isLive: (deviceId) => [...byStore.values()].some((seats) => [...seats].some((seat) => seat.device.id === deviceId)),
  };
}
