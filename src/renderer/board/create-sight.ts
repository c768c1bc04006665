import type { Undo } from '#contract/bridge.ts';

/** How far down the stacks of a column can be seen. */
export interface Sight {
  /** For each stack, which of its tickets is the first that hangs below the edge: as many can be seen, or are above. */
  reaches(): readonly number[];
  on(listener: () => void): Undo;
  /** Written by what holds the tickets in their places, as it looks at those all the same. */
  set(reaches: readonly number[]): void;
}

export function createSight(): Sight {
  let current: readonly number[] = [];
  const listeners = new Set<() => void>();
  return {
    reaches: () => current,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(reaches) {
      if (reaches.length === current.length && reaches.every((reach, i) => reach === current[i])) return;
      current = reaches;
      for (const tell of listeners) tell();
    },
  };
}
