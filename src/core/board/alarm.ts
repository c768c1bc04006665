import type { Order } from '#contract/order.ts';

/** Rule A1: an order rings as long as it is pending and nobody has acknowledged it. Nothing else is looked at. */
export const rings = (order: Pick<Order, 'status' | 'acknowledgedAt'>): boolean =>
  order.status === 'pending' && order.acknowledgedAt === null;
