import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ticket } from '#contract/bridge.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { type Bunch, createBuncher } from './create-buncher.ts';

const tickets = (ids: string): Ticket[] => [...ids].map((id) => aTicket({ id }));
const shown = (bunches: readonly Bunch[]): string[] =>
  bunches.map((bunch) => `${bunch.key}:${bunch.tickets.map(({ order }) => order.id).join('')}`);

test('a stack is parted into bunches of four', () => {
  expect(shown(createBuncher()(tickets('abcdefghij')))).toEqual(['0:abcd', '1:efgh', '2:ij']);
});

test('when tickets leave and come, the others stay in their bunches', () => {
  const bunch = createBuncher();
  bunch(tickets('abcdefghij'));
  expect(shown(bunch(tickets('bcdefghij')))).toEqual(['0:bcd', '1:efgh', '2:ij']);
  expect(shown(bunch(tickets('bcdefhijk')))).toEqual(['0:bcd', '1:efh', '2:ijk']);
  expect(shown(bunch(tickets('xbcdefhijklm')))).toEqual(['3:x', '0:bcd', '1:efh', '2:ijklm']);
});

test('a newcomer hangs in the bunch it comes into the midst of; one of more than eight is parted', () => {
  const bunch = createBuncher();
  bunch(tickets('abcdefgh'));
  expect(shown(bunch(tickets('a1bcdefgh')))).toEqual(['0:a1bcd', '1:efgh']);
  expect(shown(bunch(tickets('a321bcdefgh')))).toEqual(['0:a321bcd', '1:efgh']);
  expect(shown(bunch(tickets('a54321bcdefgh')))).toEqual(['0:a54321bc', '2:d', '1:efgh']);
});

test('one that is put in front leaves its bunch, and the others of it stay', () => {
  const bunch = createBuncher();
  bunch(tickets('abcdefgh'));
  expect(shown(bunch(tickets('gabcdefh')))).toEqual(['2:g', '0:abcd', '1:efh']);
});

test('each ticket hangs once and in order, no bunch is over eight, and one of which nothing changed is the very same', () => {
  const all = tickets('abcdefghijklmnopqrstuvwxyz');
  const lists = fc.array(fc.shuffledSubarray(all), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(lists, (each) => {
      const bunch = createBuncher();
      let before: readonly Bunch[] = [];
      for (const list of each) {
        const now = bunch(list);
        expect(now.flatMap((one) => one.tickets)).toEqual(list);
        expect(new Set(now.map(({ key }) => key)).size).toBe(now.length);
        for (const one of now) {
          expect(one.tickets.length).toBeLessThanOrEqual(8);
          const was = before.find(({ key }) => key === one.key);
          if (was && was.tickets.length === one.tickets.length && one.tickets.every((t, i) => t === was.tickets[i]))
            expect(one).toBe(was);
        }
        before = now;
      }
    }),
  );
});
