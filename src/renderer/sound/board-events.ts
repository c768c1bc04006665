import type { Ticket } from '#contract/ticket.ts';
import { inScope } from '../stations/in-scope.ts';
import type { Scope } from '../stations/scope.ts';
import type { BoardView } from '../view-store/board-view.ts';

/** A change of the board that has a sound. */
export type BoardEvent = 'cancelled' | 'changed' | 'ready';

/**
 * What others changed between two boards, each kind once. Taps on this display make no sound, nor does a full reload (a start,
 * a snapshot, a gap). A station plays a sound only for changes of its items.
 */
export function boardEvents(before: BoardView, now: BoardView, scope: Scope): BoardEvent[] {
  if (before.tickets === now.tickets || before.resets !== now.resets) return [];
  const events = new Set<BoardEvent>();
  for (const [id, ticket] of now.tickets) {
    const known = before.tickets.get(id);
    if (!known || known === ticket) continue;
    const [was, is] = [inScope(known, scope), inScope(ticket, scope)];
    if (was && ticket.ended && !known.ended) events.add('cancelled');
    // The change may have added the station's first item, or removed its last.
    const marks = is?.marks ?? null;
    if (marks !== null && JSON.stringify(marks) !== JSON.stringify(was?.marks)) events.add('changed');
    if (is && becameReady(known, ticket)) events.add('ready');
  }
  return [...events];
}

/** A ticket tapped on this display is `pending` until the tap is answered. */
const becameReady = (was: Ticket, { order, pending }: Ticket): boolean =>
  order.status === 'ready' && was.order.status === 'preparing' && !pending;
