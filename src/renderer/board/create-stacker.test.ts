import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ticket } from '#contract/bridge.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { createStacker } from './create-stacker.ts';

const tickets = (...ids: string[]): Ticket[] => ids.map((id) => aTicket({ id }));
const ids = (stacks: readonly (readonly Ticket[])[]): string[][] => stacks.map((s) => s.map((t) => t.order.id));

test('tickets are shared out in order, the next one where there is least', () => {
  const long = aTicket({ id: 'long', items: Array.from({ length: 12 }, (_, i) => anItem({ id: `i${i}` })) });
  expect(ids(createStacker()([long, ...tickets('a', 'b', 'c')], 2))).toEqual([['long'], ['a', 'b', 'c']]);
});

test('when a ticket leaves, the others stay in their stacks', () => {
  const stack = createStacker();
  expect(ids(stack(tickets('a', 'b', 'c', 'd'), 2))).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
  expect(ids(stack(tickets('b', 'c', 'd'), 2))).toEqual([['c'], ['b', 'd']]);
  expect(ids(stack(tickets('b', 'c', 'd', 'e'), 2))).toEqual([
    ['c', 'e'],
    ['b', 'd'],
  ]);
});

test('beside a stack that ran empty everything is shared out anew', () => {
  const stack = createStacker();
  stack(tickets('a', 'b', 'c', 'd'), 2);
  expect(ids(stack(tickets('b', 'd'), 2))).toEqual([['b'], ['d']]);
});

test('the same tickets twice give the same stacks, and another number of stacks shares out anew', () => {
  const stack = createStacker();
  const first = ids(stack(tickets('a', 'b', 'c'), 2));
  expect(ids(stack(tickets('a', 'b', 'c'), 2))).toEqual(first);
  expect(ids(stack(tickets('a', 'b', 'c'), 3))).toEqual([['a'], ['b'], ['c']]);
  expect(ids(stack(tickets('a', 'b', 'c'), 1))).toEqual([['a', 'b', 'c']]);
});

test('a stack of which nothing changed is the very same, and each ticket hangs once, in the order of the list', () => {
  const all = tickets(...'abcdefghij');
  fc.assert(
    fc.property(
      fc.array(fc.subarray(all), { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      (lists, count) => {
        const stack = createStacker();
        let before = stack([], count);
        for (const list of lists) {
          const now = stack(list, count);
          expect(ids([now.flat()])[0]?.sort()).toEqual(ids([list])[0]);
          for (const [i, one] of now.entries()) {
            expect(one).toEqual(list.filter((ticket) => one.includes(ticket)));
            const was = before[i] ?? [];
            if (one.length === was.length && one.every((ticket, k) => ticket === was[k])) expect(one).toBe(was);
          }
          before = now;
        }
      },
    ),
  );
});
