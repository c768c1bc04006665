import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pauseAfter } from './schedule.ts';

const HOUR = 3_600_000;

it('[section 11] a message is tried ten times: after 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h', () => {
  const pauses = Array.from({ length: 10 }, (_, i) => pauseAfter(i + 1, 0));
  const hours = [2, 5, 10, 14, 20, 24].map((count) => count * HOUR);
  expect(pauses).toEqual([5_000, 300_000, 1_800_000, ...hours, null]);
});

it('a pause is never shorter than the schedule, at most a tenth longer, and grows with each try', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
      const least = pauseAfter(failed, 0) ?? 0;
      const pause = pauseAfter(failed, random) ?? 0;
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(least * 1.1);
      expect(pauseAfter(failed + 1, 0) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(pause);
    }),
  );
});
