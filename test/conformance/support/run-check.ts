import { type Check, Skip, type Subject } from './check.ts';

export type Outcome =
  | { kind: 'passed' }
  | { kind: 'skipped'; why: string }
  /** `error` is whatever was thrown. */
  | { kind: 'failed'; error: unknown };

/** Longest time for one check, ms; the slow ones wait for something that comes once a minute. */
const LIMIT_MS = { usual: 90_000, slow: 200_000 };

/** Runs one check, undoes what it left behind, and says how it went; never throws. */
export async function runCheck(server: Subject, check: Check, slow = false): Promise<Outcome> {
  const undos: (() => unknown)[] = [];
  const limit = timeout(slow ? LIMIT_MS.slow : LIMIT_MS.usual);
  try {
    await Promise.race([check({ ...server, after: (undo) => undos.push(undo) }), limit.passed]);
    return { kind: 'passed' };
  } catch (error) {
    return error instanceof Skip ? { kind: 'skipped', why: error.message } : { kind: 'failed', error };
  } finally {
    limit.clear();
    for (const undo of undos.reverse()) await Promise.resolve(undo()).catch(() => {});
  }
}

function timeout(ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${ms / 1_000} s`)), ms);
  });
  return { passed, clear: () => clearTimeout(timer) };
}
