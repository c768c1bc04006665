import { describe, expect, it } from 'vitest';
import { FIGURE_RANGES } from '#contract/figures.ts';
import { dayRange } from './day-range.ts';

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const ranges = (now: string, zone: string) =>
  FIGURE_RANGES.map((range) => {
    const { from, to } = dayRange(range, Date.parse(now), zone);
    return `${iso(from)} ${iso(to)}`;
  });

describe("days are the store's", () => {
  it.each([
    [
      'in the afternoon',
      '2026-11-21T14:30:00Z',
      'Asia/Tbilisi',
      ['2026-11-20T20:00', '2026-11-19T20:00', '2026-11-14T20:00'],
    ],
    [
      'a moment before midnight',
      '2026-11-21T19:59:59.999Z',
      'Asia/Tbilisi',
      ['2026-11-20T20:00', '2026-11-19T20:00', '2026-11-14T20:00'],
    ],
    [
      'at midnight',
      '2026-11-21T20:00:00Z',
      'Asia/Tbilisi',
      ['2026-11-21T20:00', '2026-11-20T20:00', '2026-11-15T20:00'],
    ],
    [
      'behind UTC',
      '2026-11-21T03:00:00Z',
      'America/New_York',
      ['2026-11-20T05:00', '2026-11-19T05:00', '2026-11-14T05:00'],
    ],
    [
      'the day clocks go back, of 25 hours',
      '2026-10-25T22:00:00Z',
      'Europe/Berlin',
      ['2026-10-24T22:00', '2026-10-23T22:00', '2026-10-18T22:00'],
    ],
    [
      'the day after it',
      '2026-10-26T12:00:00Z',
      'Europe/Berlin',
      ['2026-10-25T23:00', '2026-10-24T22:00', '2026-10-19T22:00'],
    ],
    [
      'the day after clocks went forward, 23 hours',
      '2026-03-30T12:00:00Z',
      'Europe/Berlin',
      ['2026-03-29T22:00', '2026-03-28T23:00', '2026-03-23T23:00'],
    ],
    [
      'where a day begins at one o’clock',
      '2026-04-24T12:00:00Z',
      'Africa/Cairo',
      ['2026-04-23T22:00', '2026-04-22T22:00', '2026-04-17T22:00'],
    ],
  ])('%s', (_, now, zone, [today, yesterday, week]) => {
    const end = iso(Date.parse(now) + 1);
    expect(ranges(now, zone)).toEqual([`${today} ${end}`, `${yesterday} ${today}`, `${week} ${end}`]);
  });
});
