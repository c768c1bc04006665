import type { Ticket } from '#contract/ticket.ts';
import { inScope } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import type { BoardView } from '../view-store/board-view.ts';

/** What there is to hear of a board that has changed. */
export type BoardEvent = 'cancelled' | 'changed' | 'ready';

/**
 * What somebody else did between two boards, each kind once, however many orders: what was tapped here makes no sound, and
 * nothing does when all was read anew (a start, a snapshot, a page that had lost its place). A station hears of its own
 * items only.
 */
export function boardEvents(before: BoardView, now: BoardView, scope: Scope): BoardEvent[] {
  if (before.tickets === now.tickets || before.anew !== now.anew) return [];
  const heard = new Set<BoardEvent>();
  for (const [id, ticket] of now.tickets) {
    const known = before.tickets.get(id);
    if (!known || known === ticket) continue;
    const [was, is] = [inScope(known, scope), inScope(ticket, scope)];
    if (was && ticket.ended && !known.ended) heard.add('cancelled');
    // The first or the last of a station's items may be what has changed.
    const marks = is?.marks ?? null;
    if (marks !== null && JSON.stringify(marks) !== JSON.stringify(was?.marks)) heard.add('changed');
    if (is && becameReady(known, ticket)) heard.add('ready');
  }
  return [...heard];
}

/** An own tap is shown, and waits, before anybody answers it. */
const becameReady = (was: Ticket, { order, pending }: Ticket): boolean =>
  order.status === 'ready' && was.order.status === 'preparing' && !pending;
