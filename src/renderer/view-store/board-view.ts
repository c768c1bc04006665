import type { Board, BoardPatch, Ticket } from '#contract/bridge.ts';
import { isOpen, type Status } from '#contract/status.ts';

/** The board as this page holds it. `tickets` and every ticket in it are replaced, never changed: identity means "same". */
export interface BoardView {
  /** Number of the last patch in it; null before the first whole board. */
  n: number | null;
  loaded: boolean;
  tickets: ReadonlyMap<string, Ticket>;
  /**
   * Orders that somebody else cancelled or rejected before the eyes of this screen, and the status each was in: they
   * stay in their place, struck through, until a person clears them. Food may be on the stove for them.
   */
  endedFrom: ReadonlyMap<string, Status>;
  /** Grows when all was read anew, by this page or by the core: what differs is then nothing that has just happened. */
  anew: number;
}

export const EMPTY_BOARD: BoardView = { n: null, loaded: false, tickets: new Map(), endedFrom: new Map(), anew: 0 };

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
  return { n: patch.n, loaded: true, tickets, endedFrom: endedAfter(board, tickets, patch.upserts), anew };
}

/** Takes a whole board. Tickets that did not change keep their identity, so that a gap does not redraw the screen. */
export function replaceBoard(board: BoardView, whole: Board): BoardView {
  const tickets = new Map(
    whole.tickets.map((ticket) => {
      const known = board.tickets.get(ticket.order.id);
      return [ticket.order.id, known && same(known, ticket) ? known : ticket];
    }),
  );
  const endedFrom = endedAfter(board, tickets, whole.tickets);
  return { n: whole.n, loaded: whole.loaded, tickets, endedFrom, anew: board.anew + 1 };
}

/** Only called for whole boards, which are rare; both sides come from the same serialiser, so key order is equal. */
const same = (a: Ticket, b: Ticket): boolean => JSON.stringify(a) === JSON.stringify(b);

function endedAfter(
  before: BoardView,
  tickets: ReadonlyMap<string, Ticket>,
  changed: readonly Ticket[],
): ReadonlyMap<string, Status> {
  const ended = new Map([...before.endedFrom].filter(([id]) => tickets.has(id)));
  for (const { order, pending } of changed) {
    const was = before.tickets.get(order.id)?.order;
    if (order.status !== 'cancelled' && order.status !== 'rejected') ended.delete(order.id);
    // What only this screen wishes has the server's number from before; what came down while a tap waits has a new one.
    else if (was && isOpen(was.status) && (!pending || order.seq > was.seq)) ended.set(order.id, was.status);
  }
  return ended;
}
