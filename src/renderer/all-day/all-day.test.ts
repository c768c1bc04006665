import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { allDay } from './all-day.ts';

test('counts what is still to be made over all orders, the largest count first', () => {
  const counts = allDay(
    [
      aTicket({ items: [anItem({ name: 'Khinkali', quantity: 5 }), anItem({ name: 'Lobio' })] }),
      aTicket({ status: 'preparing', items: [anItem({ name: 'Khinkali', quantity: 6 })] }),
    ],
    false,
  );
  expect(counts.map(({ name, quantity }) => [name, quantity])).toEqual([
    ['Khinkali', 11],
    ['Lobio', 1],
  ]);
});

test('does not count items that are done, or orders that are ready, out or closed', () => {
  const items = [anItem({ name: 'Khinkali' })];
  const counts = allDay(
    [
      aTicket({ items: [anItem({ done: true })] }),
      aTicket({ status: 'ready', items }),
      aTicket({ status: 'delivering', items }),
      aTicket({ status: 'completed', items }),
      aTicket({ status: 'cancelled', items }),
    ],
    false,
  );
  expect(counts).toEqual([]);
});

test('counts by modifiers if asked to, in whatever order they were entered', () => {
  const plain = anItem({ name: 'Khachapuri', quantity: 3 });
  const one = anItem({ name: 'Khachapuri', modifiers: [more('no egg'), more('cheese', 2)] });
  const other = anItem({ name: 'Khachapuri', modifiers: [more('cheese', 2), more('no egg')] });
  const open = [aTicket({ items: [plain, one, other] })];
  expect(allDay(open, false)).toEqual([{ name: 'Khachapuri', modifiers: [], quantity: 5 }]);
  expect(allDay(open, true)).toEqual([
    { name: 'Khachapuri', modifiers: [], quantity: 3 },
    { name: 'Khachapuri', modifiers: ['2 × cheese', 'no egg'], quantity: 2 },
  ]);
});

const more = (name: string, quantity = 1) => ({ name, quantity });

test('gives the same counts after changes as a first count of the same tickets', () => {
  const item = fc.record({
    name: fc.constantFrom('Khinkali', 'Lobio', 'Pkhali'),
    quantity: fc.integer({ min: 1, max: 9 }),
  });
  const ticket = fc
    .record({ status: fc.constantFrom('pending', 'preparing', 'ready'), items: fc.array(item, { maxLength: 4 }) })
    .map(({ status, items }) => aTicket({ status, items: items.map((one) => anItem(one)) } as never));
  fc.assert(
    fc.property(fc.array(ticket, { maxLength: 8 }), fc.array(ticket), fc.boolean(), (first, more, apart) => {
      allDay(first, apart);
      for (const [i, one] of more.entries()) {
        const now = first.length > 0 ? first.with(i % first.length, one) : [one];
        expect(allDay(now, apart)).toEqual(allDay(structuredClone(now), apart));
        first = now;
      }
    }),
  );
});
