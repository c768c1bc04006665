import type { Ticket } from '#contract/bridge.ts';

export interface AllDayCount {
  name: string;
  quantity: number;
}

/** How many of each item are still to be made: counted from the open tickets each time, never counted up. */
export function allDay(open: Iterable<Ticket>): AllDayCount[] {
  const counts = new Map<string, number>();
  for (const { order } of open) {
    if (order.status !== 'pending' && order.status !== 'preparing') continue;
    for (const item of order.items) if (!item.done) counts.set(item.name, (counts.get(item.name) ?? 0) + item.quantity);
  }
  return [...counts]
    .map(([name, quantity]) => ({ name, quantity }))
    .sort((a, b) => b.quantity - a.quantity || (a.name < b.name ? -1 : 1));
}
