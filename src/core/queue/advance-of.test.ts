import { expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { advanceOf } from './advance-of.ts';

const items = (...done: boolean[]): Order['items'] =>
  done.map((is, i) => anItem({ id: `i${i}`, done: is, course: i + 1 }));
const READY = { type: 'set_status', payload: { from: 'preparing', to: 'ready' } };

test.each(STATUSES)('an order with every item ticked advances only from preparing: %s', (status) => {
  expect(advanceOf(anOrder({ status, items: items(true) }))).toEqual(status === 'preparing' ? READY : null);
});

test('an order with an unticked item does not advance', () => {
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 2, items: items(true, false) }))).toBeNull();
});

test('[C6] an order with a held course does not advance until it is fired, even when all items are ticked', () => {
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 1, items: items(true, true) }))).toBeNull();
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 2, items: items(true, true) }))).toEqual(READY);
});
