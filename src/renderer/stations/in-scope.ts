import type { Ticket } from '#contract/bridge.ts';
import { marksIn } from './marks-in.ts';
import { allDone } from './prep-of.ts';
import { itemsIn, type Scope } from './scope.ts';

const made = new WeakMap<Scope, WeakMap<Ticket, Ticket | null>>();

/**
 * A ticket as this screen has to do with it: at a station with that station's items alone, and null where there are none;
 * where they were all taken out of the order, with their names until a person has seen that. The same ticket gives the same one again, so that nothing is drawn twice.
 */
export function inScope(ticket: Ticket, scope: Scope): Ticket | null {
  if (scope.screen !== 'station') return ticket;
  let known = made.get(scope);
  if (!known) {
    known = new WeakMap();
    made.set(scope, known);
  }
  const before = known.get(ticket);
  if (before !== undefined) return before;
  const items = itemsIn(scope, ticket.order);
  const marks = marksIn(scope, ticket, items);
  const concerns = items.length > 0 || (marks !== null && marks.removed.length > 0);
  const own = concerns ? { ...ticket, order: { ...ticket.order, items }, marks } : null;
  known.set(ticket, own);
  return own;
}

/** A station has done with it: its items are made, or the order has gone on, or was called off, without them. */
export function isOver({ order, ended }: Ticket, scope: Scope): boolean {
  if (scope.screen !== 'station') return false;
  const status = ended?.from ?? order.status;
  return (status !== 'pending' && status !== 'preparing') || (order.items.length > 0 && allDone(order));
}
