import { expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import { anItem, anOrder } from '#test/support/an-order.ts';
import { advanceOf } from './advance-of.ts';

const items = (...done: boolean[]): Order['items'] =>
  done.map((is, i) => anItem({ id: `i${i}`, done: is, course: i + 1 }));
const READY = { type: 'set_status', payload: { from: 'preparing', to: 'ready' } };

test.each(STATUSES)('with everything ticked off, %s goes on only from preparing', (status) => {
  expect(advanceOf(anOrder({ status, items: items(true) }))).toEqual(status === 'preparing' ? READY : null);
});

test('with something left to do it stays', () => {
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 2, items: items(true, false) }))).toBeNull();
});

test('[C6] with a course held it stays, also when that was ticked off, until it is fired', () => {
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 1, items: items(true, true) }))).toBeNull();
  expect(advanceOf(anOrder({ status: 'preparing', firedCourse: 2, items: items(true, true) }))).toEqual(READY);
});
