import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { applyPatches, type BoardView, EMPTY_BOARD, replaceBoard } from './board-view.ts';

const boardOf = (n: number, ...tickets: Ticket[]): BoardView => replaceBoard(EMPTY_BOARD, { n, loaded: true, tickets });
const patch = (n: number, upserts: Ticket[] = [], removes: string[] = []) => ({ n, upserts, removes });
const after = (board: BoardView, ...args: Parameters<typeof patch>): BoardView =>
  applyPatches(board, [patch(...args)]).board;

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
  expect(applyPatches(board, [patch(7, [], ['a'])])).toEqual({ board, rest: [] });
});

test('takes the patches before a missing one and leaves the rest; before the first whole board it takes none', () => {
  const [next, afterGap, afterThat] = [patch(8, [aTicket({ id: 'a' })]), patch(10), patch(11)];
  const { board, rest } = applyPatches(boardOf(7), [next, afterGap, afterThat]);
  expect([board.n, [...board.tickets.keys()]]).toEqual([8, ['a']]);
  expect(rest).toEqual([afterGap, afterThat]);
  expect(applyPatches(EMPTY_BOARD, [patch(1)])).toEqual({ board: EMPTY_BOARD, rest: [patch(1)] });
});

test('patches together give the same board as one after the other', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const patches = fc.array(
    fc.record({
      n: fc.integer({ min: 3, max: 12 }),
      upserts: fc.array(id.map((one) => aTicket({ id: one }))),
      removes: fc.array(id),
      reset: fc.constantFrom(undefined, true as const),
    }),
  );
  const board = boardOf(3, aTicket({ id: 'a' }), aTicket({ id: 'e' }));
  const property = fc.property(patches, (unsorted) => {
    // In order up to some gap, with some twice.
    const all = unsorted.toSorted((a, b) => a.n - b.n).map(({ reset, ...one }) => (reset ? { ...one, reset } : one));
    const together = applyPatches(board, all);
    let apart = board;
    let taken = 0;
    for (const one of all) {
      const { board: next, rest } = applyPatches(apart, [one]);
      if (rest.length > 0) break;
      apart = next;
      taken += 1;
    }
    expect([...together.board.tickets]).toEqual([...apart.tickets]);
    expect({ ...together.board, tickets: 0 }).toEqual({ ...apart, tickets: 0 });
    expect(together.rest).toEqual(all.slice(taken));
  });
  fc.assert(property);
});

test('a whole board keeps the identity of unchanged tickets', () => {
  const board = boardOf(1, aTicket({ id: 'a' }), aTicket({ id: 'b' }));
  const whole = [aTicket({ id: 'a' }), aTicket({ id: 'b', status: 'ready' })];
  const next = replaceBoard(board, { n: 9, loaded: true, tickets: whole });
  expect(next.tickets.get('a')).toBe(board.tickets.get('a'));
  expect(next.tickets.get('b')).toBe(whole[1]);
});
