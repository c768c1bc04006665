import type { Order } from '#contract/order.ts';

/** The names of the items in these orders, each once, the most ordered first, then by name. */
export function dishesOf(orders: Iterable<Order>): string[] {
  const counts = new Map<string, number>();
  for (const { items } of orders)
    for (const { name, quantity } of items) counts.set(name, (counts.get(name) ?? 0) + quantity);
  const byCount = ([a, m]: [string, number], [b, n]: [string, number]): number => n - m || (a < b ? -1 : 1);
  return [...counts].sort(byCount).map(([name]) => name);
}
