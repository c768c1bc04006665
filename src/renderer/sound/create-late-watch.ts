import { inScope, isOver } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';

/**
 * Detects tickets that turn late: each once, and again only after a new due time. Tickets that are late on a full reload do
 * not count, nor do those without work for the station.
 *
 * @returns called about once a second with server time in ms; true when a ticket has turned late since the last call
 */
export function createLateWatch(): (board: BoardView, now: number, scope: Scope) => boolean {
  let known = new Set<string>();
  let resets: number | null = null;
  return (board, now, scope) => {
    const late = [...board.tickets.values()].filter((ticket) => {
      const own = ageBand(ticket, now) === 'late' ? inScope(ticket, scope) : null;
      return own !== null && !isOver(own, scope);
    });
    const fresh = late.some(({ order }) => !known.has(order.id)) && board.resets === resets;
    known = new Set(late.map(({ order }) => order.id));
    resets = board.resets;
    return fresh;
  };
}
