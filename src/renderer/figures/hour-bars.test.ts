import { describe, expect, it, test } from 'vitest';
import { axisOf, hourBars } from './hour-bars.ts';

const hour = (name: string, orders = 1) => ({ hour: name, orders, revenueMinor: orders * 100 });
const seen = (bars: ReturnType<typeof hourBars>) => bars.map(({ label, orders }) => `${label} ${orders}`);

describe('one day', () => {
  it('includes the hours without orders between others', () => {
    const hours = [hour('2026-11-21T09:00+04:00'), hour('2026-11-21T12:00+04:00', 3)];
    expect(seen(hourBars(hours, 'today', 'Asia/Tbilisi'))).toEqual(['09 1', '10 0', '11 0', '12 3']);
  });

  it('repeats the hour when clocks go back, and skips the one when they go forward', () => {
    const back = [hour('2026-10-25T01:00+02:00'), hour('2026-10-25T02:00+01:00', 2), hour('2026-10-25T03:00+01:00')];
    expect(seen(hourBars(back, 'yesterday', 'Europe/Berlin'))).toEqual(['01 1', '02 0', '02 2', '03 1']);
    const forward = [hour('2026-03-29T01:00+01:00'), hour('2026-03-29T04:00+02:00')];
    expect(seen(hourBars(forward, 'today', 'Europe/Berlin'))).toEqual(['01 1', '03 0', '04 1']);
  });

  it('supports time zones with half-hour offsets', () => {
    const hours = [hour('2026-11-21T09:00+05:30'), hour('2026-11-21T11:00+05:30')];
    expect(seen(hourBars(hours, 'today', 'Asia/Kolkata'))).toEqual(['09 1', '10 0', '11 1']);
  });
});

it('sums each hour of the day over all days of a week', () => {
  const hours = [hour('2026-11-20T12:00+04:00', 2), hour('2026-11-21T10:00+04:00'), hour('2026-11-21T12:00+04:00', 3)];
  const bars = hourBars(hours, 'week', 'Asia/Tbilisi');
  expect(seen(bars)).toEqual(['10 1', '11 0', '12 5']);
  expect(bars[2]?.revenueMinor).toBe(500);
});

it('returns no bars without hours', () => {
  for (const range of ['today', 'week'] as const) expect(hourBars([], range, 'UTC')).toEqual([]);
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [17, [0, 5, 10, 15, 20]],
  [40, [0, 10, 20, 30, 40]],
  [41, [0, 20, 40, 60]],
  [1_234, [0, 500, 1_000, 1_500]],
])('an axis up to %i is %j', (most, expected) => {
  expect(axisOf(most)).toEqual(expected);
});
