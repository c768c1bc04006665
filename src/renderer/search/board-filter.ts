import { isFiltering, type OrderFilter, passes } from '#contract/order-filter.ts';
import { isOpen, isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { itemsIn, type Scope } from '../stations/scope.ts';
import { ageBand } from '../ticket/age-band.ts';
import type { BoardView } from '../view-store/board-view.ts';

export interface FilteredBoard {
  board: BoardView;
  /** Open orders of this screen that the filter hides, and how many of them are late. */
  hidden: number;
  hiddenLate: number;
}

/**
 * Filters the open orders of the board. Closed ones stay, to be recalled or cleared. An order that needs a person always
 * passes: one that nobody has seen (A1), or that has changed since.
 *
 * @param now ms, server time
 */
export function filteredBoard(board: BoardView, filter: OrderFilter, scope: Scope, now: number): FilteredBoard {
  if (!isFiltering(filter)) return { board, hidden: 0, hiddenLate: 0 };
  const tickets = new Map<string, Ticket>();
  let hidden = 0;
  let hiddenLate = 0;
  for (const [id, ticket] of board.tickets) {
    const { order, lateAt } = ticket;
    if (!isOpen(order.status) || needsAPerson(ticket) || passes(order, filter, lateAt, now)) {
      tickets.set(id, ticket);
      continue;
    }
    if (itemsIn(scope, order).length === 0) continue;
    hidden += 1;
    if (ageBand(ticket, now) === 'late') hiddenLate += 1;
  }
  return { board: { ...board, tickets }, hidden, hiddenLate };
}

const needsAPerson = ({ order, marks }: Ticket): boolean => isRinging(order) || marks !== null;
