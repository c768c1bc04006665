import type { Board, BoardPatch, Ticket } from '#contract/ticket.ts';

/** The board in this page. Tickets are replaced, never mutated: the same object means the same content. */
export interface BoardView {
  /** Number of the last patch in it; null before the first whole board. */
  n: number | null;
  loaded: boolean;
  tickets: ReadonlyMap<string, Ticket>;
  /** Counts full reloads, by this page or by the core: differences across one are not new events. */
  resets: number;
}

export const EMPTY_BOARD: BoardView = { n: null, loaded: false, tickets: new Map(), resets: 0 };

/** The board after a patch; the same board for a patch it already has, `gap` if an earlier one is missing. */
export function applyPatch(board: BoardView, patch: BoardPatch): BoardView | 'gap' {
  if (board.n === null || patch.n > board.n + 1) return 'gap';
  if (patch.n <= board.n) return board;
  const tickets = new Map(board.tickets);
  for (const id of patch.removes) tickets.delete(id);
  for (const ticket of patch.upserts) tickets.set(ticket.order.id, ticket);
  const resets = board.resets + (patch.reset ? 1 : 0);
  return { n: patch.n, loaded: true, tickets, resets };
}

/** The board after a full reload. Unchanged tickets keep their identity, so that a gap does not redraw the screen. */
export function replaceBoard(board: BoardView, whole: Board): BoardView {
  const tickets = new Map(
    whole.tickets.map((ticket) => {
      const known = board.tickets.get(ticket.order.id);
      return [ticket.order.id, known && same(known, ticket) ? known : ticket];
    }),
  );
  return { n: whole.n, loaded: whole.loaded, tickets, resets: board.resets + 1 };
}

/** Both sides come from the same serialiser, so the key order is equal. Full reloads are rare. */
const same = (a: Ticket, b: Ticket): boolean => JSON.stringify(a) === JSON.stringify(b);
