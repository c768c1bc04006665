import { seededRandom } from '#core/testing/seeded-random.ts';

/** Reproducible randomness: the same seed gives the same numbers. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Time until the next of random events that are `mean` apart on average. */
  gap(mean: number): number;
}

export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[int(0, list.length - 1)] as T;
    },
    gap: (mean) => -Math.log(1 - next()) * mean,
  };
}
