import { describe, expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import type { Scope } from '../stations/scope.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { type BoardView, EMPTY_BOARD } from '../view-store/board-view.ts';
import { arrange, ticketsOf } from './arrange.ts';

const ALL: Scope = { screen: 'all' };
const board = (tickets: Ticket[]): BoardView => ({
  ...EMPTY_BOARD,
  tickets: new Map(tickets.map((ticket) => [ticket.order.id, ticket])),
});
const ids = (tickets: readonly Ticket[]): string[] => tickets.map((ticket) => ticket.order.id);
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString();

test('puts every open order into the column of its status, oldest first', () => {
  const arranged = arrange(
    board([
      aTicket({ id: 'late', status: 'preparing', placedAt: at(9) }),
      aTicket({ id: 'new', placedAt: at(12) }),
      aTicket({ id: 'early', status: 'preparing', placedAt: at(3) }),
      aTicket({ id: 'ready', status: 'ready', placedAt: at(1) }),
      aTicket({ id: 'out', status: 'delivering', fulfilment: 'delivery', placedAt: at(0) }),
    ]),
    ALL,
  );
  expect(ids(arranged.columns.pending)).toEqual(['new']);
  expect(ids(arranged.columns.preparing)).toEqual(['early', 'late']);
  expect(ids(ticketsOf(arranged, 'open'))).toEqual(['out', 'ready', 'early', 'late', 'new']);
  expect(arranged.counts).toEqual({ open: 5, pending: 1, preparing: 2, ready: 1, delivering: 1, done: 0 });
});

test('sorts priority first and an order for later after those for now', () => {
  const arranged = arrange(
    board([
      aTicket({ id: 'a', placedAt: at(1) }),
      aTicket({ id: 'later', placedAt: at(0), dueAt: at(45) }),
      aTicket({ id: 'rush', placedAt: at(5), priority: true }),
    ]),
    ALL,
  );
  expect(ids(arranged.columns.pending)).toEqual(['rush', 'a', 'later']);
});

test('lists closed orders under Done, latest first, and does not count them as open', () => {
  const arranged = arrange(
    board([
      aTicket({ id: 'a', status: 'completed', statusSince: at(1) }),
      aTicket({ id: 'b', status: 'rejected', statusSince: at(4) }),
    ]),
    ALL,
  );
  expect(ids(ticketsOf(arranged, 'done'))).toEqual(['b', 'a']);
  expect(arranged.counts.open).toBe(0);
});

test('an order cancelled elsewhere leaves its column at once, whatever its priority, and is listed until it is cleared', () => {
  const off = (id: string, statusSince: string, priority: boolean): Ticket => ({
    ...aTicket({ id, status: 'cancelled', statusSince, priority }),
    ended: { from: 'preparing' },
  });
  const live = aTicket({ id: 'live', status: 'preparing', placedAt: at(9) });
  const cleared = aTicket({ id: 'cleared', status: 'cancelled' });
  const arranged = arrange(board([off('second', at(5), true), off('first', at(4), false), live, cleared]), ALL);
  expect(ids(arranged.columns.preparing)).toEqual(['live']);
  expect(ids(arranged.open)).toEqual(['live']);
  expect(ids(arranged.calledOff)).toEqual(['first', 'second']);
  expect(arranged.counts.preparing).toBe(1);
});

test('shows the Out column only where there are deliveries', () => {
  expect(arrange(board([aTicket()]), ALL).statuses).not.toContain('delivering');
  expect(arrange(board([aTicket({ fulfilment: 'delivery' })]), ALL).statuses).toContain('delivering');
});

describe('at a station', () => {
  const oven = aScope({}, '?station=oven');
  const items = (own: boolean) => [
    anItem({ id: 'o', station: 'oven', done: own }),
    anItem({ id: 'g', station: 'grill', done: true }),
  ];

  test('shows only orders with items of the station, and only those items', () => {
    const { open, counts, statuses } = arrange(
      board([
        aTicket({ id: 'mine', status: 'preparing', items: items(false) }),
        aTicket({ id: 'other', items: [anItem({ station: 'grill' })] }),
      ]),
      oven,
    );
    expect(open.map(({ order }) => [order.id, order.items.map(({ id }) => id)])).toEqual([['mine', ['o']]]);
    expect(counts.open).toBe(1);
    expect(statuses).toEqual(['pending', 'preparing']);
  });

  test('moves a ticket to Done when its items are ticked off or the order has moved on', () => {
    const { open, done } = arrange(
      board([
        aTicket({ id: 'ticked', status: 'preparing', items: items(true), updatedAt: at(1) }),
        aTicket({ id: 'gone', status: 'ready', items: items(false), updatedAt: at(2) }),
      ]),
      oven,
    );
    expect(ids(open)).toEqual([]);
    expect(ids(done)).toEqual(['gone', 'ticked']);
  });

  test('lists a called-off order only where its items were still being prepared', () => {
    const off = (id: string, from: 'preparing' | 'ready', own: boolean) => ({
      ...aTicket({ id, status: 'cancelled', items: items(own) }),
      ended: { from },
    });
    const { calledOff } = arrange(
      board([off('cooking', 'preparing', false), off('made', 'preparing', true), off('out', 'ready', false)]),
      oven,
    );
    expect(ids(calledOff)).toEqual(['cooking']);
  });
});
