import { expect, test } from 'vitest';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';
import type { Ticket } from '#contract/ticket.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { EMPTY_BOARD } from '../view-store/board-view.ts';
import { filteredBoard } from './board-filter.ts';

const SEEN = { acknowledgedAt: '2026-11-21T10:00:00.000Z' };
const boardOf = (...tickets: Ticket[]) => ({
  ...EMPTY_BOARD,
  tickets: new Map(tickets.map((ticket) => [ticket.order.id, ticket])),
});
const narrowed = (filter: Partial<OrderFilter>, ...tickets: Ticket[]) =>
  filteredBoard(boardOf(...tickets), { ...NO_FILTER, ...filter }, { screen: 'all' }, 1_000);
const idsOf = ({ board }: ReturnType<typeof filteredBoard>) => [...board.tickets.keys()].join('');

const pickup = aTicket({ id: 'p', ...SEEN, source: 'web', note: 'ring' });
const delivery = aTicket({ id: 'd', ...SEEN, fulfilment: 'delivery', payment: { status: 'paid', method: null } });
const nuts = aTicket({ id: 'n', ...SEEN, status: 'ready', items: [anItem({ allergens: ['nuts'], note: 'cut' })] });
const late = { ...aTicket({ id: 'l', ...SEEN, source: 'till' }), lateAt: 1_000 };

test.each<[Partial<OrderFilter>, string]>([
  [{ fulfilments: ['delivery'] }, 'd'],
  [{ fulfilments: ['delivery', 'pickup'] }, 'pdnl'],
  [{ sources: ['web', 'till'] }, 'pl'],
  [{ sources: [''] }, 'dn'],
  [{ payments: ['paid'] }, 'd'],
  [{ statuses: ['ready'] }, 'n'],
  [{ late: true }, 'l'],
  [{ note: true }, 'pn'],
  [{ allergens: true }, 'n'],
  [{ note: true, statuses: ['pending'] }, 'p'],
])('the board narrowed down by %j shows %s', (filter, ids) => {
  expect(idsOf(narrowed(filter, pickup, delivery, nuts, late))).toBe(ids);
});

test('[A1] keeps unseen and changed orders whatever the filter', () => {
  const unseen = aTicket({ id: 'u' });
  const changed = {
    ...aTicket({ id: 'c', ...SEEN }),
    marks: { added: [], changed: [], moved: [], removed: [], fields: [] },
  };
  expect(idsOf(narrowed({ fulfilments: ['delivery'] }, unseen, changed, pickup))).toBe('uc');
});

test('keeps closed and cancelled orders, to be recalled and cleared', () => {
  const [cancelled, done] = [aTicket({ id: 'x', status: 'cancelled' }), aTicket({ id: 'z', status: 'completed' })];
  expect(idsOf(narrowed({ late: true }, cancelled, done, pickup))).toBe('xz');
});

test('counts the hidden open orders, and the late ones among them', () => {
  const done = aTicket({ id: 'z', status: 'completed' });
  expect(narrowed({ fulfilments: ['delivery'] }, pickup, delivery, late, done)).toMatchObject({
    hidden: 2,
    hiddenLate: 1,
  });
});

test('a station counts only hidden orders with work for it', () => {
  const station = { id: 'grill', name: 'Grill', stations: [], names: [] };
  const where = ({ name }: { name: string }) => (name === 'Steak' ? station : null);
  const steak = aTicket({ id: 's', ...SEEN, items: [anItem({ name: 'Steak' })] });
  const by = { ...NO_FILTER, fulfilments: ['delivery' as const] };
  expect(
    filteredBoard(boardOf(steak, pickup), by, { screen: 'station', station, where, marksRest: false }, 0).hidden,
  ).toBe(1);
});

test('returns the same board without a filter', () => {
  const board = boardOf(pickup);
  expect(filteredBoard(board, NO_FILTER, { screen: 'all' }, 0).board).toBe(board);
});
