import type { Outcome } from './step.ts';

/** One line for each step, then the totals on the last. */
export function summary(outcomes: Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const rows = outcomes.map(({ name, ok, seconds, ...counts }) =>
    [ok ? '✔' : '✘', name.padEnd(width), `${seconds.toFixed(1).padStart(6)} s`, ` ${words(counts)}`].join(' '),
  );
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  return [...rows, '', words(total)].join('\n');
}

const words = (counts: { passed: number; failed: number; skipped: number }): string =>
  `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
