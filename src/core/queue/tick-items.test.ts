import { expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { tickItems } from './tick-items.ts';

const order = (status: Order['status']) =>
  anOrder({ status, items: [anItem({ id: 'a' }), anItem({ id: 'b', done: true }), anItem({ id: 'c' })] });
const tick = (itemId: string, done: boolean) => ({ type: 'set_item_done', payload: { itemId, done } });

test('a bump ticks only the station’s unticked items', () => {
  expect(tickItems(order('preparing'), ['a', 'b'], true)).toEqual([tick('a', true)]);
});

test('a bump ignores an item that no longer exists', () => {
  expect(tickItems(order('preparing'), ['a', 'gone'], true)).toEqual([tick('a', true)]);
});

test('a recall unticks items and moves a ready order back to preparing', () => {
  expect(tickItems(order('preparing'), ['b'], false)).toEqual([tick('b', false)]);
  expect(tickItems(order('ready'), ['b'], false)).toEqual([
    { type: 'set_status', payload: { from: 'ready', to: 'preparing' } },
    tick('b', false),
  ]);
  expect(tickItems(order('ready'), ['a'], false)).toEqual([]);
});
