import { expect, test } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { createOrderBook } from './order-book.ts';

const book = () => createOrderBook(() => {});
const all = () => true;
const change = (order: ReturnType<typeof anOrder> | null, orderId = order?.id ?? ''): Change =>
  ({ seq: 1, type: 'order_updated', orderId, at: '', by: { role: 'admin', id: '', name: '' }, order }) as Change;
const versions = ({ orders }: ReturnType<typeof book>) =>
  [...orders().values()].map(({ id, version }) => [id, version]);

test('a list that was asked for before a change does not undo it', () => {
  const orders = book();
  const end = orders.reading();
  orders.apply([change(anOrder({ id: 'a', version: 3 }))]);
  end([anOrder({ id: 'a', version: 2 }), anOrder({ id: 'b', version: 1 })], all);
  expect(versions(orders)).toEqual([
    ['a', 3],
    ['b', 1],
  ]);
});

test('an order that was deleted while a list was read does not come back', () => {
  const orders = book();
  const end = orders.reading();
  orders.apply([change(null, 'a')]);
  end([anOrder({ id: 'a', version: 2 })], all);
  expect(versions(orders)).toEqual([]);
});

test('an order that is not in the list any more is dropped, unless it changed meanwhile or the list is of others', () => {
  const orders = book();
  for (const id of ['gone', 'changed', 'other']) orders.put(anOrder({ id, version: 1 }));
  const end = orders.reading();
  orders.apply([change(anOrder({ id: 'changed', version: 2 }))]);
  end([], ({ id }) => id !== 'other');
  expect(versions(orders).toSorted()).toEqual([
    ['changed', 2],
    ['other', 1],
  ]);
});

test('a list that could not be read drops nothing', () => {
  const orders = book();
  orders.put(anOrder({ id: 'a', version: 1 }));
  orders.reading()(null, all);
  expect(versions(orders)).toEqual([['a', 1]]);
});
