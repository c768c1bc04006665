/** What can crash in the installed program: the page or the graphics process, with the core still running, or the core too. */
export const FAULTS = ['page_gone', 'gpu_gone', 'main_failed'] as const;
export type Fault = (typeof FAULTS)[number];

/** `restart`: the whole program, from disk. `afterMs` is the delay before it, against a tight crash loop. */
export type Recovery = { do: 'nothing' | 'reload'; afterMs: number } | { do: 'restart'; afterMs: number; gpu: boolean };

/** Faults further apart than this are unrelated, ms. */
export const SAME_TROUBLE_MS = 5 * 60_000;

const reload = (afterMs: number): Recovery => ({ do: 'reload', afterMs });
const restart = (afterMs: number, gpu = true): Recovery => ({ do: 'restart', afterMs, gpu });
/** Chromium restarts its own graphics process. */
const nothing: Recovery = { do: 'nothing', afterMs: 0 };

/** For the first, second … fault within {@link SAME_TROUBLE_MS}. The last entry repeats without limit. */
const STEPS: Record<Fault, readonly [Recovery, ...Recovery[]]> = {
  page_gone: [reload(0), reload(1_000), reload(5_000), restart(0), reload(30_000)],
  gpu_gone: [nothing, nothing, restart(0, false), nothing],
  main_failed: [restart(0), restart(1_000), restart(5_000), restart(30_000)],
};

/**
 * How to recover from a fault.
 *
 * @param earlier when the same fault happened before, ms, in earlier runs too
 */
export function recoveryOf(fault: Fault, earlier: readonly number[], now: number): Recovery {
  // If the clock was set back, earlier faults lie in the future; ignore them.
  const recent = earlier.filter((at) => at <= now && now - at < SAME_TROUBLE_MS).length;
  const steps = STEPS[fault];
  return steps[Math.min(recent, steps.length - 1)] ?? steps[0];
}
