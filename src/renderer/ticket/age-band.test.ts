import { expect, test } from 'vitest';
import { ageBand } from './age-band.ts';

test.each([
  [999, 'normal'],
  [1_000, 'warning'],
  [1_999, 'warning'],
  [2_000, 'late'],
  [9_000, 'late'],
] as const)('at %i the band is %s', (now, band) => {
  expect(ageBand({ warningAt: 1_000, lateAt: 2_000 }, now)).toBe(band);
});

test('an order without limits stays normal', () => {
  expect(ageBand({ warningAt: null, lateAt: null }, Number.MAX_SAFE_INTEGER)).toBe('normal');
});
