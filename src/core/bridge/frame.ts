import type { Clock } from '../ports.ts';

/** Runs `draw` at most once in `everyMs`: at once after a pause, else when the interval ends. */
export function createFrame(clock: Clock, everyMs: number, draw: () => void) {
  let last = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  const run = (): void => {
    cancel?.();
    cancel = null;
    last = clock.monotonic();
    draw();
  };
  return {
    request(): void {
      if (cancel) return;
      const wait = last + everyMs - clock.monotonic();
      if (wait <= 0) run();
      else cancel = clock.after(wait, run);
    },
    /** Draws at once, including pending requests. */
    now: run,
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
export type Frame = ReturnType<typeof createFrame>;
