import type { Item } from '#contract/order.ts';
import type { Marks, Ticket } from '#contract/ticket.ts';
import type { Scope } from './scope.ts';

/** The changes that concern this station: those of its own items and of the order as a whole. */
export function stationMarks(scope: Scope, { marks }: Ticket, items: readonly Item[]): Marks | null {
  if (!marks || scope.screen !== 'station') return marks;
  const own = new Set(items.map(({ id }) => id));
  const mine: Marks = {
    added: marks.added.filter(({ itemId }) => own.has(itemId)),
    changed: marks.changed.filter((id) => own.has(id)),
    removed: marks.removed.filter((item) => scope.where(item)?.id === scope.station.id),
    fields: marks.fields,
  };
  return Object.values(mine).some((list) => list.length > 0) ? mine : null;
}
