import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { createColumnBalancer } from './create-column-balancer.ts';

const tickets = (...ids: string[]): Ticket[] => ids.map((id) => aTicket({ id }));
const ids = (stacks: readonly (readonly Ticket[])[]): string[][] => stacks.map((s) => s.map((t) => t.order.id));

test('adds each ticket in turn to the shortest stack', () => {
  const long = aTicket({ id: 'long', items: Array.from({ length: 12 }, (_, i) => anItem({ id: `i${i}` })) });
  expect(ids(createColumnBalancer()([long, ...tickets('a', 'b', 'c')], 2))).toEqual([['long'], ['a', 'b', 'c']]);
});

test('keeps tickets in their stacks when another one leaves', () => {
  const balance = createColumnBalancer();
  expect(ids(balance(tickets('a', 'b', 'c', 'd'), 2))).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
  expect(ids(balance(tickets('b', 'c', 'd'), 2))).toEqual([['c'], ['b', 'd']]);
  expect(ids(balance(tickets('b', 'c', 'd', 'e'), 2))).toEqual([
    ['c', 'e'],
    ['b', 'd'],
  ]);
});

test('distributes everything again when a stack is empty', () => {
  const balance = createColumnBalancer();
  balance(tickets('a', 'b', 'c', 'd'), 2);
  expect(ids(balance(tickets('b', 'd'), 2))).toEqual([['b'], ['d']]);
});

test('is stable for the same tickets and distributes again for another number of stacks', () => {
  const balance = createColumnBalancer();
  const first = ids(balance(tickets('a', 'b', 'c'), 2));
  expect(ids(balance(tickets('a', 'b', 'c'), 2))).toEqual(first);
  expect(ids(balance(tickets('a', 'b', 'c'), 3))).toEqual([['a'], ['b'], ['c']]);
  expect(ids(balance(tickets('a', 'b', 'c'), 1))).toEqual([['a', 'b', 'c']]);
});

test('keeps every ticket once and in order, and the identity of an unchanged stack', () => {
  const all = tickets(...'abcdefghij');
  fc.assert(
    fc.property(
      fc.array(fc.subarray(all), { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      (lists, count) => {
        const balance = createColumnBalancer();
        let before = balance([], count);
        for (const list of lists) {
          const now = balance(list, count);
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
