import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldStack, heldPlace } from './held-place.ts';

/** Where tickets of a stack show after all: moved as they were, then scrolled and pushed down. */
const restOf = ({ spacer, moved }: HeldStack, was: number, now: number, spacerNow: number): number =>
  moved + (was - now) + (spacerNow - spacer);

const stacks = fc.array(
  fc.record({ spacer: fc.integer({ min: 0, max: 500 }), moved: fc.integer({ min: -900, max: 900 }) }),
  { minLength: 1, maxLength: 4 },
);

test('what moves in one stack moves nothing in sight, there or beside it', () => {
  expect(
    heldPlace(2000, [
      { spacer: 0, moved: 0 },
      { spacer: 0, moved: -310 },
    ]),
  ).toEqual({
    scroll: 2000,
    spacers: [0, 310],
  });
  expect(
    heldPlace(2000, [
      { spacer: 0, moved: 67 },
      { spacer: 0, moved: 0 },
    ]),
  ).toEqual({
    scroll: 2067,
    spacers: [0, 67],
  });
  expect(
    heldPlace(2067, [
      { spacer: 0, moved: -310 },
      { spacer: 67, moved: -310 },
    ]),
  ).toEqual({
    scroll: 1757,
    spacers: [0, 67],
  });
});

test('no gap is ever left above a stack, and tickets move only where one would be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), stacks, (scroll, held) => {
      const to = heldPlace(scroll, held);
      for (const [i, stack] of held.entries()) {
        const spacer = to.spacers[i] ?? Number.NaN;
        expect(spacer).toBeGreaterThanOrEqual(0);
        expect(spacer).toBeLessThanOrEqual(to.scroll);
        const rest = restOf(stack, scroll, to.scroll, spacer);
        if (spacer < to.scroll) expect(Math.abs(rest)).toBeLessThanOrEqual(0.5);
      }
    }),
  );
});

test('no more is left free than must be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), stacks, (scroll, held) => {
      const to = heldPlace(scroll, held);
      expect(to.scroll === 0 || Math.min(...to.spacers) < 1).toBe(true);
    }),
  );
});
