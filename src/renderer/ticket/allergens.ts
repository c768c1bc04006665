import type { Order } from '#contract/order.ts';

/** All allergens of an order, each once, in order of appearance. */
export function allergensOf(order: Pick<Order, 'items'>): string[] {
  return [...new Set(order.items.flatMap((item) => item.allergens))];
}
