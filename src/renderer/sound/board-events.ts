import type { Ticket } from '#contract/bridge.ts';
import type { BoardView } from '../view-store/board-view.ts';

/** What there is to hear of a board that has changed. */
export type BoardEvent = 'cancelled' | 'changed' | 'ready';

/**
 * What somebody else did between two boards, each kind once, however many orders: what was tapped here makes no sound, and
 * nothing does when all was read anew (a start, a snapshot, a page that had lost its place).
 */
export function boardEvents(before: BoardView, now: BoardView): BoardEvent[] {
  if (before.tickets === now.tickets || before.anew !== now.anew) return [];
  const heard = new Set<BoardEvent>();
  for (const [id, ticket] of now.tickets) {
    const was = before.tickets.get(id);
    if (!was || was === ticket) continue;
    if (now.endedFrom.has(id) && !before.endedFrom.has(id)) heard.add('cancelled');
    if (wasChanged(was, ticket)) heard.add('changed');
    if (becameReady(was, ticket)) heard.add('ready');
  }
  return [...heard];
}

/** Once for each time that what was ordered is not as a person here saw it. */
const wasChanged = (was: Ticket, { marks }: Ticket): boolean =>
  marks !== null && JSON.stringify(marks) !== JSON.stringify(was.marks);

/** An own tap is shown, and waits, before anybody answers it. */
const becameReady = (was: Ticket, { order, pending }: Ticket): boolean =>
  order.status === 'ready' && was.order.status === 'preparing' && !pending;
