import type { Undo } from '#contract/bridge.ts';

/** One interval for everything on the screen that counts seconds. */
export interface Ticker {
  on(listener: () => void): Undo;
}

export function createTicker(everyMs = 1_000): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    on(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        for (const run of listeners) run();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
