import { expect, test } from 'vitest';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { allDay } from './all-day.ts';

test('what is still to be made is counted over all orders, the most first', () => {
  const counts = allDay([
    aTicket({ items: [anItem({ name: 'Khinkali', quantity: 5 }), anItem({ name: 'Lobio' })] }),
    aTicket({ status: 'preparing', items: [anItem({ name: 'Khinkali', quantity: 6 })] }),
  ]);
  expect(counts).toEqual([
    { name: 'Khinkali', quantity: 11 },
    { name: 'Lobio', quantity: 1 },
  ]);
});

test('items that are done and orders that are ready, out or closed are not', () => {
  const items = [anItem({ name: 'Khinkali' })];
  const counts = allDay([
    aTicket({ items: [anItem({ done: true })] }),
    aTicket({ status: 'ready', items }),
    aTicket({ status: 'delivering', items }),
    aTicket({ status: 'completed', items }),
    aTicket({ status: 'cancelled', items }),
  ]);
  expect(counts).toEqual([]);
});
