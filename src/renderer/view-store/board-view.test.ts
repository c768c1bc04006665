import { expect, test } from 'vitest';
import type { Ticket } from '#contract/bridge.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { applyPatch, type BoardView, EMPTY_BOARD, replaceBoard } from './board-view.ts';

const boardOf = (n: number, ...tickets: Ticket[]): BoardView => replaceBoard(EMPTY_BOARD, { n, loaded: true, tickets });
const patch = (n: number, upserts: Ticket[] = [], removes: string[] = []) => ({ n, upserts, removes });
const after = (board: BoardView, ...args: Parameters<typeof patch>): BoardView => {
  const result = applyPatch(board, patch(...args));
  if (result === 'gap') throw new Error('gap');
  return result;
};

test('a patch that follows puts tickets on the board and takes them off', () => {
  const board = boardOf(4, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const next = after(board, 5, [aTicket({ id: 'c' })], ['a']);
  expect([...next.tickets.keys()]).toEqual(['b', 'c']);
  expect(next.n).toBe(5);
});

test('tickets that a patch does not name keep their identity', () => {
  const board = boardOf(1, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const next = after(board, 2, [aTicket({ id: 'a', status: 'ready' })]);
  expect(next.tickets.get('b')).toBe(board.tickets.get('b'));
  expect(next.tickets.get('a')).not.toBe(board.tickets.get('a'));
});

test('a patch that is in the board already changes nothing', () => {
  const board = boardOf(7, aTicket({ id: 'a' }));
  expect(applyPatch(board, patch(7, [], ['a']))).toBe(board);
});

test('a missing patch is a gap, and so is any patch before the first whole board', () => {
  expect(applyPatch(boardOf(7), patch(9))).toBe('gap');
  expect(applyPatch(EMPTY_BOARD, patch(1))).toBe('gap');
});

test('a whole board keeps the identity of what did not change', () => {
  const board = boardOf(1, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const whole = [aTicket({ id: 'a' }), aTicket({ id: 'b', status: 'ready' })];
  const next = replaceBoard(board, { n: 9, loaded: true, tickets: whole });
  expect(next.tickets.get('a')).toBe(board.tickets.get('a'));
  expect(next.tickets.get('b')).toBe(whole[1]);
});

test('an order cancelled elsewhere is remembered where it was, until it leaves the board', () => {
  const board = boardOf(1, aTicket({ id: 'a', status: 'preparing' }));
  const cancelled = after(board, 2, [aTicket({ id: 'a', status: 'cancelled' })]);
  expect([...cancelled.endedFrom]).toEqual([['a', 'preparing']]);
  const later = after(cancelled, 3, [aTicket({ id: 'b' })]);
  expect(later.endedFrom.has('a')).toBe(true);
  expect(after(later, 4, [], ['a']).endedFrom.size).toBe(0);
});

test('an order cancelled elsewhere while a tap of this display waits for its answer is remembered too', () => {
  const board = boardOf(1, aTicket({ id: 'a', status: 'pending', seq: 1 }));
  const tapped = after(board, 2, [{ ...aTicket({ id: 'a', status: 'preparing', seq: 1 }), pending: true }]);
  const cameDown = after(tapped, 3, [{ ...aTicket({ id: 'a', status: 'cancelled', seq: 2 }), pending: true }]);
  const refused = after(cameDown, 4, [aTicket({ id: 'a', status: 'cancelled', seq: 2 })]);
  expect([...refused.endedFrom]).toEqual([['a', 'preparing']]);
});

test('an order that this display cancelled itself is not kept in the way', () => {
  const board = boardOf(1, aTicket({ id: 'a', status: 'pending' }));
  const own = after(board, 2, [{ ...aTicket({ id: 'a', status: 'rejected' }), pending: true }]);
  const answered = after(own, 3, [aTicket({ id: 'a', status: 'rejected' })]);
  expect(answered.endedFrom.size).toBe(0);
});
