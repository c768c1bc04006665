import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StackShift, scrollAnchor } from './scroll-anchor.ts';

/** How far the tickets of each stack have moved in total: by the change, the scroll and the spacer. */
const restOf = ({ spacer, moved }: StackShift, was: number, now: number, spacerNow: number): number =>
  moved + (was - now) + (spacerNow - spacer);

const stacks = fc.array(
  fc.record({ spacer: fc.integer({ min: 0, max: 500 }), moved: fc.integer({ min: -900, max: 900 }) }),
  { minLength: 1, maxLength: 4 },
);

test('a change in one stack moves no visible ticket, there or beside it', () => {
  expect(
    scrollAnchor(2000, [
      { spacer: 0, moved: 0 },
      { spacer: 0, moved: -310 },
    ]),
  ).toEqual({
    scroll: 2000,
    spacers: [0, 310],
  });
  expect(
    scrollAnchor(2000, [
      { spacer: 0, moved: 67 },
      { spacer: 0, moved: 0 },
    ]),
  ).toEqual({
    scroll: 2067,
    spacers: [0, 67],
  });
  expect(
    scrollAnchor(2067, [
      { spacer: 0, moved: -310 },
      { spacer: 67, moved: -310 },
    ]),
  ).toEqual({
    scroll: 1757,
    spacers: [0, 67],
  });
});

test('never leaves a visible gap above a stack, and moves tickets only to avoid one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), stacks, (scroll, shifts) => {
      const to = scrollAnchor(scroll, shifts);
      for (const [i, stack] of shifts.entries()) {
        const spacer = to.spacers[i] ?? Number.NaN;
        expect(spacer).toBeGreaterThanOrEqual(0);
        expect(spacer).toBeLessThanOrEqual(to.scroll);
        const rest = restOf(stack, scroll, to.scroll, spacer);
        if (spacer < to.scroll) expect(Math.abs(rest)).toBeLessThanOrEqual(0.5);
      }
    }),
  );
});

test('keeps the spacers minimal', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), stacks, (scroll, shifts) => {
      const to = scrollAnchor(scroll, shifts);
      expect(to.scroll === 0 || Math.min(...to.spacers) < 1).toBe(true);
    }),
  );
});
