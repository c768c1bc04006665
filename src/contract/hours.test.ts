import { describe, expect, test } from 'vitest';
import { withinHours } from './hours.ts';

const at = (utc: string): number => Date.parse(`2026-11-21T${utc}:00.000Z`);

describe('between two times of day', () => {
  test.each([
    ['08:00', '23:00', '07:59', false],
    ['08:00', '23:00', '08:00', true],
    ['08:00', '23:00', '22:59', true],
    ['08:00', '23:00', '23:00', false],
    ['22:00', '06:00', '21:59', false],
    ['22:00', '06:00', '22:00', true],
    ['22:00', '06:00', '00:00', true],
    ['22:00', '06:00', '05:59', true],
    ['22:00', '06:00', '06:00', false],
    ['09:00', '09:00', '03:00', true],
  ])('%s to %s at %s: %s', (from, to, time, within) => {
    expect(withinHours({ from, to }, at(time), 'UTC')).toBe(within);
  });

  test('by the shop’s clock: 19:30 UTC is 23:30 in Tbilisi', () => {
    const late = { from: '23:00', to: '23:59' };
    expect(withinHours(late, at('19:30'), 'Asia/Tbilisi')).toBe(true);
    expect(withinHours(late, at('19:30'), 'UTC')).toBe(false);
  });

  test('in the night that the clocks are put forward, and in the one that they are put back', () => {
    const night = { from: '02:00', to: '04:00' };
    const berlin = (utc: string): boolean => withinHours(night, Date.parse(utc), 'Europe/Berlin');
    expect(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'].map(berlin)).toEqual([
      false,
      true,
      false,
    ]);
    expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T03:00:00Z'].map(berlin)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
