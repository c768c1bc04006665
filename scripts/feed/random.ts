/** Repeatable randomness: the same seed gives the same service. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Several distinct ones, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[];
  /** One of them, with a probability proportional to its weight. */
  weighted<T extends { weight: number }>(list: readonly T[]): T;
}

/** The generator is mulberry32 (Tommy Ettinger, public domain), which is good enough here. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[int(0, list.length - 1)] as T;
  }
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    some(list, count) {
      const left = list.map((_, i) => i);
      const taken = Array.from(
        { length: Math.min(count, left.length) },
        () => left.splice(int(0, left.length - 1), 1)[0],
      );
      return list.filter((_, i) => taken.includes(i));
    },
    weighted(list) {
      let at = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      for (const one of list) {
        at -= one.weight;
        if (at < 0) return one;
      }
      return pick(list);
    },
  };
}

/** A seed from a text, such as an order's id, so that the order's events are the same at every call (FNV-1a). */
export function seedOf(text: string): number {
  let h = 0x811c9dc5;
  for (const character of text) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return h >>> 0;
}
