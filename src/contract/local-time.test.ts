import { describe, expect, it } from 'vitest';
import { DAY_MS, localDay, localHour, offsetAt, startOfLocalDay } from './local-time.ts';

describe("a store's clock", () => {
  const startOf = (at: string, zone: string) => new Date(startOfLocalDay(Date.parse(at), zone)).toISOString();

  it.each([
    ['2026-11-21T06:00:00Z', 'Asia/Tbilisi', '2026-11-20T20:00:00.000Z'],
    ['2026-11-20T20:00:00Z', 'Asia/Tbilisi', '2026-11-20T20:00:00.000Z'],
    ['2026-11-20T19:59:59.999Z', 'Asia/Tbilisi', '2026-11-19T20:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T02:00:00Z', 'America/New_York', '2026-11-20T05:00:00.000Z'],
    ['2026-11-21T02:00:00Z', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z'],
    // 25 hours long, and 23
    ['2026-10-25T22:30:00Z', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-03-29T21:30:00Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    // clocks go forward at midnight: the day begins at one
    ['2026-04-24T12:00:00Z', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // a whole day was skipped before this one
    ['2011-12-31T00:00:00Z', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('the day of %s in %s began at %s', (at, zone, start) => {
    expect(startOf(at, zone)).toBe(start);
    expect(localDay(Date.parse(start), zone)).toBe(localDay(Date.parse(at), zone));
    expect(localDay(Date.parse(start) - 1, zone)).not.toBe(localDay(Date.parse(at), zone));
  });

  it('names hours by the wall clock, and distinguishes the repeated hour when clocks go back', () => {
    const hour = (at: string, zone: string) => localHour(Date.parse(at), offsetAt(Date.parse(at), zone));
    expect(hour('2026-11-21T06:59:59Z', 'Asia/Tbilisi')).toBe('2026-11-21T10:00+04:00');
    expect(hour('2026-11-21T02:00:00Z', 'America/St_Johns')).toBe('2026-11-20T22:00-03:30');
    expect(hour('2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-25T02:00+02:00');
    expect(hour('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('2026-10-25T02:00+01:00');
  });

  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Gaza', 'Pacific/Apia'])(
    'is right at every half minute around each change of the clocks in %s, in any order',
    (zone) => {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      const wallClock = (at: number) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
      for (let day = Date.UTC(2011, 0, 1); day < Date.UTC(2012, 0, 2); day += DAY_MS) {
        if (offsetAt(day, zone) === offsetAt(day + DAY_MS, zone)) continue;
        for (let at = day + DAY_MS; at >= day; at -= 30_000)
          if (at + offsetAt(at, zone) !== wallClock(at)) expect.fail(new Date(at).toISOString());
      }
      expect(wallClock(0)).toBe(offsetAt(0, zone));
    },
  );
});
