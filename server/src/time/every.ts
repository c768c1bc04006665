import type { Undo } from '#contract/bridge.ts';

/** Runs a job every `ms` until the undo; skips a run while the last one continues. Does not keep the process alive. */
export function every(ms: number, job: () => unknown, onFailure: (error: unknown) => void): Undo {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    try {
      await job();
    } catch (error) {
      onFailure(error);
    } finally {
      running = false;
    }
  }, ms);
  timer.unref();
  return () => clearInterval(timer);
}
