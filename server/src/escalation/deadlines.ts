/** Keys and the second in which each is due; adding and taking have constant cost. */
export interface Deadlines {
  /** @param at ms on the clock that never jumps */
  add(key: string, at: number): void;
  /** The keys whose second has passed, each once however often it was added. */
  take(now: number): Set<string>;
}

const SECOND = 1_000;

export function createDeadlines(now: number): Deadlines {
  const seconds = new Map<number, Set<string>>();
  let next = Math.floor(now / SECOND);
  return {
    add(key, at) {
      const second = Math.max(next, Math.ceil(at / SECOND));
      const keys = seconds.get(second) ?? new Set();
      seconds.set(second, keys.add(key));
    },
    take(time) {
      const taken = new Set<string>();
      for (; next * SECOND <= time; next++) {
        for (const key of seconds.get(next) ?? []) taken.add(key);
        seconds.delete(next);
      }
      return taken;
    },
  };
}
