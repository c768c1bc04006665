/** What can fall over in the installed program while the core goes on, or with the core in it. */
export const FAULTS = ['page_gone', 'gpu_gone', 'main_failed'] as const;
export type Fault = (typeof FAULTS)[number];

/** `restart`: the whole program, from its disks. `afterMs` is waited first, so that nothing falls over in a tight circle. */
export type Recovery = { do: 'nothing' | 'reload'; afterMs: number } | { do: 'restart'; afterMs: number; gpu: boolean };

/** Faults longer ago than this have nothing to do with one now, ms. */
export const SAME_TROUBLE_MS = 5 * 60_000;

const reload = (afterMs: number): Recovery => ({ do: 'reload', afterMs });
const restart = (afterMs: number, gpu = true): Recovery => ({ do: 'restart', afterMs, gpu });
/** Chromium starts its own graphics process again. */
const nothing: Recovery = { do: 'nothing', afterMs: 0 };

/** For the first, second … time within {@link SAME_TROUBLE_MS}; the last one holds from there on. It is never given up. */
const STEPS: Record<Fault, readonly [Recovery, ...Recovery[]]> = {
  page_gone: [reload(0), reload(1_000), reload(5_000), restart(0), reload(30_000)],
  gpu_gone: [nothing, nothing, restart(0, false), nothing],
  main_failed: [restart(0), restart(1_000), restart(5_000), restart(30_000)],
};

/**
 * What brings the board back.
 *
 * @param earlier when the same fault happened before, ms; those of an earlier run of the program count
 */
export function recoveryOf(fault: Fault, earlier: readonly number[], now: number): Recovery {
  // A clock that was set back makes a fault of the future: it counts for nothing.
  const lately = earlier.filter((at) => at <= now && now - at < SAME_TROUBLE_MS).length;
  const steps = STEPS[fault];
  return steps[Math.min(lately, steps.length - 1)] ?? steps[0];
}
