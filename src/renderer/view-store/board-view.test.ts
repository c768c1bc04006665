import { expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { applyPatch, type BoardView, EMPTY_BOARD, replaceBoard } from './board-view.ts';

const boardOf = (n: number, ...tickets: Ticket[]): BoardView => replaceBoard(EMPTY_BOARD, { n, loaded: true, tickets });
const patch = (n: number, upserts: Ticket[] = [], removes: string[] = []) => ({ n, upserts, removes });
const after = (board: BoardView, ...args: Parameters<typeof patch>): BoardView => {
  const result = applyPatch(board, patch(...args));
  if (result === 'gap') throw new Error('gap');
  return result;
};

test('the next patch adds tickets to the board and removes them', () => {
  const board = boardOf(4, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const next = after(board, 5, [aTicket({ id: 'c' })], ['a']);
  expect([...next.tickets.keys()]).toEqual(['b', 'c']);
  expect(next.n).toBe(5);
});

test('keeps the identity of tickets that a patch does not name', () => {
  const board = boardOf(1, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const next = after(board, 2, [aTicket({ id: 'a', status: 'ready' })]);
  expect(next.tickets.get('b')).toBe(board.tickets.get('b'));
  expect(next.tickets.get('a')).not.toBe(board.tickets.get('a'));
});

test('ignores a patch that the board already has', () => {
  const board = boardOf(7, aTicket({ id: 'a' }));
  expect(applyPatch(board, patch(7, [], ['a']))).toBe(board);
});

test('a missing patch is a gap, and so is any patch before the first whole board', () => {
  expect(applyPatch(boardOf(7), patch(9))).toBe('gap');
  expect(applyPatch(EMPTY_BOARD, patch(1))).toBe('gap');
});

test('a whole board keeps the identity of unchanged tickets', () => {
  const board = boardOf(1, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const whole = [aTicket({ id: 'a' }), aTicket({ id: 'b', status: 'ready' })];
  const next = replaceBoard(board, { n: 9, loaded: true, tickets: whole });
  expect(next.tickets.get('a')).toBe(board.tickets.get('a'));
  expect(next.tickets.get('b')).toBe(whole[1]);
});
