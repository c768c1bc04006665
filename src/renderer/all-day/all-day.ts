import type { Ticket } from '#contract/bridge.ts';
import type { Item } from '#contract/order.ts';

export interface AllDayCount {
  name: string;
  /** What makes it differ from others of its name, sorted; empty where modifiers are not told apart. */
  modifiers: readonly string[];
  quantity: number;
}

/**
 * How many of each item are still to be made: counted from the open tickets each time, never counted up.
 *
 * @param open tickets as this screen shows them: at a station with its own items alone
 * @param apart tells one khachapuri without egg from one with
 */
export function allDay(open: Iterable<Ticket>, apart: boolean): AllDayCount[] {
  const counts = new Map<string, AllDayCount>();
  for (const { order } of open) {
    if (order.status !== 'pending' && order.status !== 'preparing') continue;
    for (const item of order.items) {
      if (item.done) continue;
      const modifiers = apart ? modifiersOf(item) : [];
      const key = JSON.stringify([item.name, modifiers]);
      const count = counts.get(key) ?? { name: item.name, modifiers, quantity: 0 };
      counts.set(key, { ...count, quantity: count.quantity + item.quantity });
    }
  }
  return [...counts.values()].sort(
    (a, b) => b.quantity - a.quantity || compare(a.name, b.name) || compare(a.modifiers.join(), b.modifiers.join()),
  );
}

/** In whatever order they were tapped in. */
const modifiersOf = ({ modifiers }: Item): string[] =>
  modifiers.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name)).sort(compare);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
