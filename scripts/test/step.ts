import { spawn } from 'node:child_process';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Step {
  name: string;
  /** Arguments for this same Node, so that no shell is needed, on Windows too. */
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Reads the counts that the step has written; without them a step is one check. */
  counts?: () => Counts;
}

export interface Outcome extends Counts {
  name: string;
  seconds: number;
  ok: boolean;
}

/** Runs one step and shows its output as it comes. A step that fails without a counted failure counts as one. */
export async function runStep(step: Step): Promise<Outcome> {
  console.log(`\n── ${step.name} ${'─'.repeat(Math.max(2, 70 - step.name.length))}`);
  const start = performance.now();
  const ok = (await exitCode(step)) === 0;
  const counts = countsOf(step, ok);
  return {
    ...counts,
    name: step.name,
    seconds: (performance.now() - start) / 1000,
    ok,
    failed: ok ? counts.failed : Math.max(1, counts.failed),
  };
}

function countsOf(step: Step, ok: boolean): Counts {
  const nothing = { passed: 0, failed: 0, skipped: 0 };
  if (!step.counts) return { ...nothing, passed: ok ? 1 : 0 };
  try {
    return step.counts();
  } catch {
    return nothing; // It ended before it could write them; its exit code tells the result.
  }
}

function exitCode(step: Step): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.args, { stdio: 'inherit', env: { ...process.env, ...step.env } });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(null);
    });
    child.on('close', resolve);
  });
}
