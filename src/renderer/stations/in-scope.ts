import type { Item } from '#contract/order.ts';
import type { Marks, Ticket } from '#contract/ticket.ts';
import { isShown, itemsIn, type Scope } from './scope.ts';
import { allDone } from './station-progress.ts';

const made = new WeakMap<Scope, WeakMap<Ticket, Ticket | null>>();

/**
 * The part of a ticket that concerns this screen: at a station only the items that it shows, and null when there are none. If all
 * of them were removed from the order, the ticket stays, with their names, until a person has seen it. Items sent from one station
 * to another concern only a station. Cached, so that the same ticket gives the same object.
 */
export function inScope(ticket: Ticket, scope: Scope): Ticket | null {
  if (scope.screen !== 'station' && !ticket.marks?.moved.length) return ticket;
  let known = made.get(scope);
  if (!known) {
    known = new WeakMap();
    made.set(scope, known);
  }
  const before = known.get(ticket);
  if (before !== undefined) return before;
  const items = itemsIn(scope, ticket.order);
  const marks = stationMarks(scope, ticket, items);
  const concerns = scope.screen !== 'station' || items.length > 0 || (marks !== null && marks.removed.length > 0);
  const own = concerns ? { ...ticket, order: { ...ticket.order, items }, marks } : null;
  known.set(ticket, own);
  return own;
}

/** Whether the station has finished: its items are made, or the order moved on or was called off after preparation. */
export function isOver({ order, ended }: Ticket, scope: Scope): boolean {
  if (scope.screen !== 'station') return false;
  const status = ended?.from ?? order.status;
  return (status !== 'pending' && status !== 'preparing') || (order.items.length > 0 && allDone(order));
}

/** The changes that concern this station: those of its own items and of the order as a whole. */
export function stationMarks(scope: Scope, { marks, order }: Ticket, items: readonly Item[]): Marks | null {
  const isStation = scope.screen === 'station';
  if (!marks || (!isStation && marks.moved.length === 0)) return marks;
  const own = new Set(items.map(({ id }) => id));
  const mine: Marks = {
    added: marks.added.filter(({ itemId }) => own.has(itemId)),
    changed: marks.changed.filter((id) => own.has(id)),
    moved: isStation ? marks.moved.filter((id) => own.has(id)) : [],
    removed: marks.removed.filter((item) => isShown(scope, item, order.source)),
    fields: marks.fields,
  };
  return Object.values(mine).some((list) => list.length > 0) ? mine : null;
}
