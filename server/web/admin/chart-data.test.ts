import { expect, test } from 'vitest';
import { revenuePerDay, revenuePerWeekday } from './chart-data.ts';
import { lastDays, startOfDay } from './days.ts';

const money = (minor: number) => `${minor / 100} ₾`;
const hour = (at: string, orders: number, revenueMinor: number) => ({ hour: `${at}:00+04:00`, orders, revenueMinor });

test('each day is one bar, also a day without orders', () => {
  const perHour = [hour('2026-11-20T10', 1, 100), hour('2026-11-20T23', 2, 300), hour('2026-11-22T00', 1, 50)];
  const bars = revenuePerDay(perHour, lastDays(3, '2026-11-22'), { money, day: (day) => day.slice(8) });
  expect(bars.map(({ label, value, orders, words }) => [label, value, orders, words])).toEqual([
    ['20', 400, 3, '4 ₾'],
    ['21', 0, 0, '0 ₾'],
    ['22', 50, 1, '0.5 ₾'],
  ]);
});

test('a weekday is the average of its days since the first order', () => {
  // 2026-11-23 is a Monday.
  const perHour = [hour('2026-11-09T10', 2, 100), hour('2026-11-23T10', 1, 300), hour('2026-11-24T10', 1, 40)];
  const bars = revenuePerWeekday(perHour, lastDays(30, '2026-11-24'), { money, weekday: String });
  expect(bars.map(({ label, value }) => [label, value])).toEqual([
    ['1', 133],
    ['2', 13],
    ...['3', '4', '5', '6', '7'].map((day) => [day, 0]),
  ]);
  expect(bars[0]?.orders).toBe(1);
});

test.each([
  ['2026-11-21', 'Asia/Tbilisi', '2026-11-20T20:00:00.000Z'],
  ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00.000Z'],
  ['2026-11-21', 'Pacific/Pago_Pago', '2026-11-21T11:00:00.000Z'],
  ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
])('the day %s begins in %s at %s', (day, zone, at) => {
  expect(new Date(startOfDay(day, zone)).toISOString()).toBe(at);
});

test('the last days cross the end of a month', () => {
  expect(lastDays(3, '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});
