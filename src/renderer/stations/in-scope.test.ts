import { expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { inScope, isOver } from './in-scope.ts';

const oven = aScope({}, '?station=oven');
const removed = (station: string): Ticket['marks'] => ({
  added: [],
  changed: [],
  moved: [],
  removed: [{ name: 'Lobiani', station, quantity: 1 }],
  fields: ['note'],
});
const without = (marks: Ticket['marks'], change: Partial<Ticket['order']> = {}): Ticket => ({
  ...aTicket({ status: 'preparing', items: [anItem({ station: 'grill' })], ...change }),
  marks,
});

test('keeps an order whose items of this station were all removed until that is seen', () => {
  const ticket = inScope(without(removed('oven')), oven);
  expect(ticket?.order.items).toEqual([]);
  expect(ticket?.marks?.removed).toEqual([{ name: 'Lobiani', station: 'oven', quantity: 1 }]);
  expect(ticket && isOver(ticket, oven)).toBe(false);
  expect(inScope(without(null), oven)).toBeNull();
});

test('shows a station no order because of changes that concern others', () => {
  expect(inScope(without(removed('grill')), oven)).toBeNull();
});

test('the station is done when the order has moved on', () => {
  const ready = inScope(without(removed('oven'), { status: 'ready' }), oven);
  expect(ready && isOver(ready, oven)).toBe(true);
});
