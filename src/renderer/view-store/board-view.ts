import type { Board, BoardPatch, Ticket } from '#contract/ticket.ts';

/** The board as this page holds it. `tickets` and every ticket in it are replaced, never changed: identity means "same". */
export interface BoardView {
  /** Number of the last patch in it; null before the first whole board. */
  n: number | null;
  loaded: boolean;
  tickets: ReadonlyMap<string, Ticket>;
  /** Grows when all was read anew, by this page or by the core: what differs is then nothing that has just happened. */
  anew: number;
}

export const EMPTY_BOARD: BoardView = { n: null, loaded: false, tickets: new Map(), anew: 0 };

/**
 * Lays a patch on the board.
 *
 * @returns the board after it; the same board when the patch is in it already; `gap` when one is missing before it
 */
export function applyPatch(board: BoardView, patch: BoardPatch): BoardView | 'gap' {
  if (board.n === null || patch.n > board.n + 1) return 'gap';
  if (patch.n <= board.n) return board;
  const tickets = new Map(board.tickets);
  for (const id of patch.removes) tickets.delete(id);
  for (const ticket of patch.upserts) tickets.set(ticket.order.id, ticket);
  const anew = board.anew + (patch.anew ? 1 : 0);
  return { n: patch.n, loaded: true, tickets, anew };
}

/** Takes a whole board. Tickets that did not change keep their identity, so that a gap does not redraw the screen. */
export function replaceBoard(board: BoardView, whole: Board): BoardView {
  const tickets = new Map(
    whole.tickets.map((ticket) => {
      const known = board.tickets.get(ticket.order.id);
      return [ticket.order.id, known && same(known, ticket) ? known : ticket];
    }),
  );
  return { n: whole.n, loaded: whole.loaded, tickets, anew: board.anew + 1 };
}

/** Only called for whole boards, which are rare; both sides come from the same serialiser, so key order is equal. */
const same = (a: Ticket, b: Ticket): boolean => JSON.stringify(a) === JSON.stringify(b);
