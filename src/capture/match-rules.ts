import { type Context, createContext, Script } from 'node:vm';
import type { LineRule } from '#contract/caught-job.ts';
import type { Rules } from './layouts.ts';

/** For all lines of a job, ms; far more than they need. A rule can take for ever on a line that it nearly fits. */
const WITHIN_MS = 1_000;
/** To compile the rules of a layout, once, ms. */
const COMPILED_WITHIN_MS = 3_000;
/** Rules that took too long so often in a row are not tried for some time, ms: nothing else runs meanwhile. */
const GIVEN_UP_AFTER = 2;
const GIVEN_UP_MS = 60_000;
/** Layouts whose compiled rules are kept. */
const KEPT = 20;
/** Characters of a line that rules are tried on. */
const LINE_LENGTH = 300;

export interface Match {
  /** What the rule fits. */
  text: string;
  /** Its groups by their names, and in their order. */
  named: Partial<Record<string, string>>;
  groups: readonly (string | null)[];
}
/** The rules that a line fits. `rest` is the item that is left of a line beside the rule `void`. */
export type Fits = Partial<Record<LineRule | 'rest', Match>>;

/**
 * Tries the rules on lines. Owners write the rules, so they run where they can be ended; they are only ever read as regular expressions.
 *
 * @returns null: they take too long
 */
export function matchRules(lines: readonly string[], rules: Rules): Fits[] | null {
  const key = JSON.stringify(rules);
  const compiled = kept.get(key) ?? compile(key);
  if (compiled.failures >= GIVEN_UP_AFTER && performance.now() < compiled.failedAt + GIVEN_UP_MS) return null;
  compiled.context.lines = JSON.stringify(lines.map((line) => line.slice(0, LINE_LENGTH)));
  try {
    if (!compiled.isReady) COMPILE.runInContext(compiled.context, { timeout: COMPILED_WITHIN_MS });
    compiled.isReady = true;
    const fits = JSON.parse(TRY.runInContext(compiled.context, { timeout: WITHIN_MS }) as string) as Fits[];
    compiled.failures = 0;
    return fits;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    compiled.failures++;
    compiled.failedAt = performance.now();
    return null;
  }
}

interface Compiled {
  context: Context;
  isReady: boolean;
  failures: number;
  /** ms. */
  failedAt: number;
}
const kept = new Map<string, Compiled>();

function compile(key: string): Compiled {
  const compiled = { context: createContext({ rules: key, lines: '' }), isReady: false, failures: 0, failedAt: 0 };
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return compiled;
}

const COMPILE = new Script(`
  function compile(pattern) {
    try { return new RegExp(pattern, 'iu'); } catch { return new RegExp(pattern, 'i'); }
  }
  var compiled = Object.entries(JSON.parse(rules)).map(([rule, patterns]) => [rule, patterns.map(compile)]);
  var items = compiled.find(([rule]) => rule === 'item')[1];
  // A pattern is compiled when it is first used.
  for (const [, patterns] of compiled) for (const pattern of patterns) pattern.exec('');
  function first(patterns, line) {
    for (const pattern of patterns) {
      const found = pattern.exec(line);
      if (found) return { text: found[0], named: { ...found.groups }, groups: found.slice(1).map((one) => one ?? null) };
    }
  }
  function fitsOf(line) {
    const fits = {};
    for (const [rule, patterns] of compiled) fits[rule] = first(patterns, line);
    if (fits.void) fits.rest = first(items, line.replace(fits.void.text, ' '));
    return fits;
  }
`);
const TRY = new Script('JSON.stringify(JSON.parse(lines).map(fitsOf))');
