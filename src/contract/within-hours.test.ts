import { expect, test } from 'vitest';
import { withinHours } from './within-hours.ts';

const at = (iso: string): number => Date.parse(iso);

test.each([
  ['by day', '09:00', '17:00', '08:59:59', false],
  ['by day', '09:00', '17:00', '09:00:00', true],
  ['by day', '09:00', '17:00', '16:59:59', true],
  ['by day', '09:00', '17:00', '17:00:00', false],
  ['over midnight', '22:30', '06:00', '22:29:59', false],
  ['over midnight', '22:30', '06:00', '22:30:00', true],
  ['over midnight', '22:30', '06:00', '23:59:59', true],
  ['over midnight', '22:30', '06:00', '00:00:00', true],
  ['over midnight', '22:30', '06:00', '05:59:59', true],
  ['over midnight', '22:30', '06:00', '06:00:00', false],
  ['up to midnight', '22:00', '00:00', '23:59:59', true],
  ['up to midnight', '22:00', '00:00', '00:00:00', false],
  ['the whole day', '07:00', '07:00', '06:59:00', true],
  ['the whole day', '07:00', '07:00', '07:00:00', true],
])('%s: %s to %s at %s is %s', (_, from, to, time, expected) => {
  expect(withinHours({ from, to }, at(`2026-11-21T${time}Z`), 'UTC')).toBe(expected);
});

test("the hours are in the store's time zone, regardless of the machine's", () => {
  const night = { from: '22:00', to: '06:00' };
  expect(withinHours(night, at('2026-11-21T19:00:00Z'), 'Asia/Tbilisi')).toBe(true);
  expect(withinHours(night, at('2026-11-21T19:00:00Z'), 'America/New_York')).toBe(false);
  expect(withinHours(night, at('2026-11-21T16:15:00Z'), 'Asia/Kathmandu')).toBe(true);
});

test('when clocks go forward or back, the hours follow the wall clock', () => {
  const night = { from: '02:30', to: '03:30' };
  const berlin = (iso: string) => withinHours(night, at(iso), 'Europe/Berlin');
  // 29 March: 01:59 is followed by 03:00. 25 October: 02:30 comes twice.
  expect([berlin('2026-03-29T00:59:00Z'), berlin('2026-03-29T01:00:00Z')]).toEqual([false, true]);
  expect([berlin('2026-10-25T00:30:00Z'), berlin('2026-10-25T01:00:00Z'), berlin('2026-10-25T01:30:00Z')]).toEqual([
    true,
    false,
    true,
  ]);
});
