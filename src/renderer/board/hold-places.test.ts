import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHoldPlaces } from './hold-places.ts';

/** What may happen to a board of tickets, at a place given as a share of it. */
type Step = { what: 'comes' | 'leaves' | 'moves'; at: number } | 'touch' | 'quiet';
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    what: fc.constantFrom('comes' as const, 'leaves' as const, 'moves' as const),
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  fc.constantFrom('touch' as const, 'quiet' as const),
);

it('in any service: no ticket moves while the screen is touched, each is shown once, and the oldest is first when not', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
      const hold = createHoldPlaces<number>(String);
      let tickets: number[] = [];
      let isHeld = false;
      let before: readonly number[] = [];
      for (const [id, next] of steps.entries()) {
        if (next === 'touch' || next === 'quiet') isHeld = next === 'touch';
        else if (next.what === 'comes') tickets = tickets.toSpliced(next.at * (tickets.length + 1), 0, id);
        else {
          const [one, ...rest] = tickets.splice(next.at * tickets.length, 1);
          if (one !== undefined && next.what === 'moves') tickets.unshift(one, ...rest);
        }
        const places = hold(tickets, isHeld);
        const shown = places.filter(({ isGone }) => !isGone).map(({ ticket }) => ticket);
        expect(shown.toSorted()).toEqual(tickets.toSorted());
        if (isHeld) expect(places.slice(0, before.length).map(({ ticket }) => ticket)).toEqual(before);
        else expect(shown).toEqual(tickets);
        if (!isHeld) expect(places.every(({ isGone }) => !isGone)).toBe(true);
        before = places.map(({ ticket }) => ticket);
      }
    }),
  );
});

it('an order that comes back while its place is empty takes it again', () => {
  const hold = createHoldPlaces<string>(String);
  const [first] = hold(['a', 'b'], true);
  const left = hold(['b'], true);
  expect(left.map(({ isGone }) => isGone)).toEqual([true, false]);
  // The empty place is what was there.
  expect(left[0]?.key).toBe(first?.key);
  const back = hold(['b', 'a'], true);
  expect(back.map(({ ticket, isGone }) => [ticket, isGone])).toEqual([
    ['a', false],
    ['b', false],
  ]);
  expect(back[0]?.key).not.toBe(first?.key);
  expect(back[1]?.key).toBe(left[1]?.key);
});

it('a list of another choice is as given, though the screen is touched; one that was gone there is another', () => {
  const hold = createHoldPlaces<string>(String);
  const [first] = hold(['a', 'b', 'c'], true, 'grill');
  hold(['b', 'c'], true, 'grill');
  const other = hold(['c', 'a'], true, 'oven');
  expect(other.map(({ ticket, isGone }) => [ticket, isGone])).toEqual([
    ['c', false],
    ['a', false],
  ]);
  expect(other[1]?.key).not.toBe(first?.key);
  expect(hold(['a'], true, 'oven').map(({ isGone }) => isGone)).toEqual([true, false]);
});
