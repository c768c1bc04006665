import type { Item } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import { modifierText } from '../ticket/items.ts';

export interface AllDayCount {
  name: string;
  /** Sorted; empty unless items are counted by modifiers. */
  modifiers: readonly string[];
  quantity: number;
}

/**
 * How many of each item are still to be made, always counted from the open tickets. Each ticket's part is computed once per
 * version.
 *
 * @param open tickets as this screen shows them: at a station, with only its own items
 * @param apart counts items with different modifiers separately
 */
export function allDay(open: Iterable<Ticket>, apart: boolean): AllDayCount[] {
  const sums = new Map<string, AllDayCount>();
  for (const ticket of open)
    for (const [key, count] of partOf(ticket, apart)) {
      const sum = sums.get(key);
      if (sum) sum.quantity += count.quantity;
      else sums.set(key, { ...count });
    }
  return [...sums.values()].sort(
    (a, b) => b.quantity - a.quantity || compare(a.name, b.name) || compare(a.modifiers.join(), b.modifiers.join()),
  );
}

type Part = readonly (readonly [key: string, count: AllDayCount])[];
const known = { apart: new WeakMap<Ticket, Part>(), together: new WeakMap<Ticket, Part>() };

function partOf(ticket: Ticket, apart: boolean): Part {
  const parts = apart ? known.apart : known.together;
  let part = parts.get(ticket);
  if (!part) {
    const { status, items } = ticket.order;
    const wanted = status === 'pending' || status === 'preparing' ? items.filter(({ done }) => !done) : [];
    part = wanted.map((item) => {
      const modifiers = apart ? modifiersOf(item) : [];
      return [JSON.stringify([item.name, modifiers]), { name: item.name, modifiers, quantity: item.quantity }];
    });
    parts.set(ticket, part);
  }
  return part;
}

/** Sorted: the order in which they were entered does not matter. */
const modifiersOf = ({ modifiers }: Item): string[] => modifiers.map(modifierText).sort(compare);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
