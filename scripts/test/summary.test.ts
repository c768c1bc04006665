import { expect, it } from 'vitest';
import { summary } from './summary.ts';

it('lists the result of each step and ends with the totals', () => {
  const text = summary([
    { name: 'types', ok: true, seconds: 4.2, passed: 1, failed: 0, skipped: 0 },
    { name: 'real browser', ok: false, seconds: 61.04, passed: 20, failed: 2, skipped: 22 },
  ]);
  expect(text.split('\n')).toEqual([
    '✔ types           4.2 s  1 passed, 0 failed, 0 skipped',
    '✘ real browser   61.0 s  20 passed, 2 failed, 22 skipped',
    '',
    '21 passed, 2 failed, 22 skipped',
  ]);
});
