interface Sized {
  storeId: string | null;
  size: number;
}

/** Waiting items, one line for each store. */
export interface Turns<T extends Sized> {
  add(item: T): void;
  /**
   * Takes one item of each store in turn until their sizes reach `size`, at least one. The stores served last come last the
   * next time; items of one store keep their order.
   */
  take(size: number): T[];
  waiting(): number;
}

/** Keeps one store with many waiting items from delaying the others. */
export function createTurns<T extends Sized>(): Turns<T> {
  const lines = new Map<string | null, T[]>();
  let waiting = 0;
  return {
    add(item) {
      waiting += 1;
      const line = lines.get(item.storeId);
      if (line) line.push(item);
      else lines.set(item.storeId, [item]);
    },
    take(size) {
      const taken: T[] = [];
      let sum = 0;
      // A line that goes to the end of the map is met again.
      for (const [storeId, line] of lines) {
        lines.delete(storeId);
        const item = line.shift() as T;
        if (line.length > 0) lines.set(storeId, line);
        taken.push(item);
        sum += item.size;
        if (sum >= size) break;
      }
      waiting -= taken.length;
      return taken;
    },
    waiting: () => waiting,
  };
}
