import type { Order } from '#contract/order.ts';
import type { Customer } from '../caller.ts';

/** Whether an order of the customer's store is this customer's. */
export const owns = ({ of }: Customer, order: Pick<Order, 'id' | 'customer'>): boolean =>
  'orderId' in of ? of.orderId === order.id : of.ref === order.customer?.ref;
