import { describe, expect, it } from 'vitest';
import { instantOf } from './instant-of.ts';

describe('a time of an older system', () => {
  it.each([
    ['2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00+02:00', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21 10:00:00 UTC', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21 10:00:00', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21 10:00:00.123456', '2026-11-21T06:00:00.123Z'],
    ['2026-11-21 10:00', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21', '2026-11-20T20:00:00.000Z'],
    [1_795_255_200, '2026-11-21T10:00:00.000Z'],
    ['1795255200123', '2026-11-21T10:00:00.123Z'],
    [1_795_255_200n, '2026-11-21T10:00:00.000Z'],
  ])('%s is %s in Tbilisi', (value, expected) => {
    expect(instantOf(value, 'Asia/Tbilisi', 'created_at')).toBe(expected);
  });

  it('is on the right side of a change of clocks', () => {
    expect(instantOf('2026-03-29 01:59:59', 'Europe/Berlin', 'date')).toBe('2026-03-29T00:59:59.000Z');
    expect(instantOf('2026-03-29 03:00:00', 'Europe/Berlin', 'date')).toBe('2026-03-29T01:00:00.000Z');
  });

  it.each([
    ['yesterday', 'is not a time'],
    ['21.11.2026', 'is not a time'],
    ['2026-02-30', 'is a time that does not exist'],
    ['2026-11-21 25:00', 'is a time that does not exist'],
  ])('%s is refused: %s', (value, why) => {
    expect(() => instantOf(value, 'UTC', 'date')).toThrow(`date: "${value}" ${why}`);
  });
});
