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

/**
 * The board after patches, in their order. One that it already has changes nothing.
 *
 * @returns `rest`: the patches from the first one on before which one is missing; they are not in the board
 */
export function applyPatches(
  board: BoardView,
  patches: readonly BoardPatch[],
): { board: BoardView; rest: readonly BoardPatch[] } {
  const tickets = new Map(board.tickets);
  let { n, resets } = board;
  let taken = 0;
  for (const patch of patches) {
    if (n === null || patch.n > n + 1) break;
    taken += 1;
    if (patch.n <= n) continue;
    for (const id of patch.removes) tickets.delete(id);
    for (const ticket of patch.upserts) tickets.set(ticket.order.id, ticket);
    if (patch.reset) resets += 1;
    n = patch.n;
  }
  const rest = patches.slice(taken);
  return n === board.n ? { board, rest } : { board: { n, loaded: true, tickets, resets }, rest };
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
