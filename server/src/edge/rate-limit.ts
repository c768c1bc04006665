import type { Undo } from '#contract/bridge.ts';

/** Open routes: requests a minute from one address (contract, section 2). */
export const OPEN_PER_MINUTE = 60;
const MINUTE = 60_000;

/**
 * Counts by key in windows, of a minute by default; all keys share one window, so a new window is one `clear()`. Does not use
 * `@fastify/rate-limit`, because a token's budget covers HTTP, handshakes and socket messages together.
 */
export interface RateLimit {
  /**
   * Counts `count`, by default one, if any is left: a batch may be larger than the rest. Returns the seconds to wait if
   * none is left, else null.
   */
  take(key: string, most: number, count?: number): number | null;
  /** Returns one count. */
  giveBack(key: string): void;
  /** Counts what was taken on another node. */
  addTaken(key: string, count: number): void;
  /** Called with each count that {@link take} takes. */
  onTake(listener: (key: string, count: number) => void): Undo;
}

/** @param elapsed ms on a clock that never jumps */
export function createRateLimit(elapsed: () => number = () => performance.now(), windowMs = MINUTE): RateLimit {
  const counts = new Map<string, number>();
  const listeners = new Set<(key: string, count: number) => void>();
  let windowEnds = Number.NEGATIVE_INFINITY;

  function beginWindow(): void {
    if (elapsed() < windowEnds) return;
    counts.clear();
    windowEnds = elapsed() + windowMs;
  }

  return {
    take(key, most, count = 1) {
      beginWindow();
      const before = counts.get(key) ?? 0;
      if (before >= most) return Math.max(1, Math.ceil((windowEnds - elapsed()) / 1000));
      counts.set(key, before + count);
      for (const listener of listeners) listener(key, count);
      return null;
    },
    giveBack(key) {
      const count = counts.get(key);
      if (count) counts.set(key, count - 1);
    },
    addTaken(key, count) {
      beginWindow();
      counts.set(key, (counts.get(key) ?? 0) + count);
    },
    onTake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
