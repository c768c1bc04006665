import { expect, test } from 'vitest';
import { keepsAwake } from './keeps-awake.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const NIGHT = Date.parse('2026-11-21T02:00:00.000Z');
const keepAwakeHours = { from: '08:00', to: '23:00' };

test.each([
  ['never', false, false],
  ['always', true, true],
  ['hours', true, false],
] as const)('%s', (keepAwake, noon, night) => {
  expect([NOON, NIGHT].map((now) => keepsAwake({ keepAwake, keepAwakeHours }, now, 'UTC'))).toEqual([noon, night]);
});

test('an unknown store counts as open', () => {
  expect(keepsAwake({ keepAwake: 'hours', keepAwakeHours }, NIGHT, undefined)).toBe(true);
  expect(keepsAwake({ keepAwake: 'never', keepAwakeHours }, NOON, undefined)).toBe(false);
});

test('uses the store’s clock: 21:30 UTC is after midnight in Tbilisi', () => {
  const settings = { keepAwake: 'hours', keepAwakeHours } as const;
  expect(keepsAwake(settings, Date.parse('2026-11-21T21:30:00.000Z'), 'Asia/Tbilisi')).toBe(false);
});
