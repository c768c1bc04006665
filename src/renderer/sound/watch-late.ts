import { inScope, isOver } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';

/**
 * Tells when a ticket has turned late: once for each, and again only when it was given another time and is late after
 * that. Those that were late already when all was read anew are not told, nor to a station what it has no work on.
 *
 * @returns asks once a second or so, with the board and server time in ms: whether one has turned late since
 */
export function watchLate(): (board: BoardView, now: number, scope: Scope) => boolean {
  let known = new Set<string>();
  let anew: number | null = null;
  return (board, now, scope) => {
    const late = [...board.tickets.values()].filter((ticket) => {
      const own = ageBand(ticket, now) === 'late' ? inScope(ticket, scope) : null;
      return own !== null && !isOver(own, scope);
    });
    const fresh = late.some(({ order }) => !known.has(order.id)) && board.anew === anew;
    known = new Set(late.map(({ order }) => order.id));
    anew = board.anew;
    return fresh;
  };
}
