import { z } from 'zod';
import { OrderId, optional } from './field-types.ts';
import { Item, Order, Payment, Reason } from './order.ts';

/** What customers see (contract, section 9). Nothing else of an order leaves by their ways. */

const PublicItem = Item.pick({ name: true, quantity: true, modifiers: true, note: true });

export const PublicOrder = Order.pick({
  id: true,
  number: true,
  status: true,
  statusSince: true,
  fulfilment: true,
  table: true,
  placedAt: true,
  dueAt: true,
  note: true,
  currency: true,
  totalMinor: true,
  reason: true,
  version: true,
}).extend({
  items: z.array(PublicItem),
  payment: Payment.pick({ status: true }),
  /** Whether the customer may cancel it now. */
  cancellable: z.boolean(),
});
export type PublicOrder = z.infer<typeof PublicOrder>;

/** The fields of an order that its customer may see. */
export const publicView = (order: Order): PublicOrder => ({
  id: order.id,
  number: order.number,
  status: order.status,
  statusSince: order.statusSince,
  fulfilment: order.fulfilment,
  table: order.table,
  placedAt: order.placedAt,
  dueAt: order.dueAt,
  items: order.items.map(({ name, quantity, modifiers, note }) => ({ name, quantity, modifiers, note })),
  note: order.note,
  currency: order.currency,
  totalMinor: order.totalMinor,
  payment: { status: order.payment.status },
  reason: order.reason,
  cancellable: order.status === 'pending',
  version: order.version,
});

/** The answer of `GET /customer/orders`: a page, newest first. */
export const CustomerOrders = z.object({
  store: z.object({ name: z.string(), currency: z.string(), timeZone: z.string() }),
  orders: z.array(PublicOrder),
  nextBefore: z.string().nullable(),
});
export type CustomerOrders = z.infer<typeof CustomerOrders>;

/** The body of `POST /customer/orders/:id/cancel`. */
export const CancelRequest = z.strictObject({ reason: optional(Reason) });
/** The message `cancel` of `/customer`. */
export const CustomerCancel = CancelRequest.extend({ orderId: OrderId });
