import { expect, test } from 'vitest';
import type { Order } from '#contract/order.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { type BoardView, EMPTY_BOARD } from '../view-store/board-view.ts';
import { newlyReady, pickupOrders } from './pickup-orders.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 21, 10, 0, second)).toISOString();
const board = (...orders: Partial<Order>[]): BoardView => ({
  ...EMPTY_BOARD,
  tickets: new Map(orders.map((order) => [order.id ?? '', aTicket(order)])),
});
const ids = (orders: readonly Order[]) => orders.map(({ id }) => id).join('');
const ready = (id: string, second: number): Partial<Order> => ({ id, status: 'ready', statusSince: at(second) });

test('shows what is being prepared, oldest first, and what is ready, latest first', () => {
  const { preparing, ready: collectable } = pickupOrders(
    board(
      { id: 'a', status: 'preparing', placedAt: at(9) },
      { id: 'b', status: 'preparing', placedAt: at(3) },
      ready('c', 1),
      ready('d', 2),
    ),
  );
  expect([ids(preparing), ids(collectable)]).toEqual(['ba', 'dc']);
});

test.each<[string, Partial<Order>]>([
  ['nobody has started', { status: 'pending' }],
  ['is collected already', { status: 'completed' }],
  ['a courier collects', { status: 'ready', fulfilment: 'delivery' }],
  ['a waiter brings to its table', { status: 'ready', fulfilment: 'dine_in', table: '7' }],
  ['is booked', { status: 'preparing', fulfilment: 'booking' }],
  ['was cancelled', { status: 'cancelled' }],
])('shows no order that %s', (_, order) => {
  expect(pickupOrders(board({ id: 'a', ...order }))).toEqual({ preparing: [], ready: [] });
});

test('shows an order that is eaten here without a table', () => {
  expect(ids(pickupOrders(board({ ...ready('a', 0), fulfilment: 'dine_in' })).ready)).toBe('a');
});

test('calls what became ready, in order, each once', () => {
  const before = board({ id: 'a', status: 'preparing' }, { id: 'b', status: 'preparing' }, ready('c', 0));
  const now = board(ready('a', 5), ready('b', 4), ready('c', 0));
  expect(ids(newlyReady(before, now, Date.parse(at(6))))).toBe('ba');
  expect(newlyReady(now, now, Date.parse(at(6)))).toEqual([]);
});

test('calls nothing after a full reload, and nothing that has been ready for a minute', () => {
  const before = board({ id: 'a', status: 'preparing' });
  const now = board(ready('a', 5));
  expect(newlyReady(before, { ...now, resets: 1 }, Date.parse(at(6)))).toEqual([]);
  expect(newlyReady(before, now, Date.parse(at(6)) + 60_000)).toEqual([]);
});
