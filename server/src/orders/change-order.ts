import { seenBy } from '#contract/decide.ts';
import type { Order, OrderPatch } from '#contract/order.ts';
import { moveOf, type PaymentStatus, recallIsOpen, type Status, tooLateToRecall } from '#contract/status.ts';
import type { By } from '#contract/sync.ts';
import type { Write } from '../database/write-queue.ts';
import { recordChange } from '../log/record-change.ts';
import { ServiceError } from '../service-error.ts';
import { checkSize } from './check-size.ts';
import { patchedOrder } from './patched-order.ts';

/** Who changes an order and when; `now` in ms. */
export interface ChangeContext {
  by: By;
  now: number;
}

/** Refuses with `conflict` (with the order) if it has changed, and `too_large`. */
export async function patchOrder(
  write: Write,
  order: Order,
  patch: OrderPatch,
  { by, now, ifMatch }: ChangeContext & { ifMatch?: number | undefined },
): Promise<Order> {
  if (ifMatch !== undefined && ifMatch !== order.version)
    throw new ServiceError('conflict', `The order is at version ${order.version}, not ${ifMatch}.`, { order });
  const after = patchedOrder(order, patch, iso(now));
  if (!after) return order;
  checkSize(after);
  return recordChange(write, { type: 'order_updated', order: after, by });
}

export async function removeOrder(write: Write, order: Order, { by, now }: ChangeContext): Promise<null> {
  await recordChange(write, { type: 'order_deleted', order: next(order, now, {}), by });
  return null;
}

/** Refuses with `invalid_request` (an end without a reason) and `invalid_transition` (with the order). */
export async function setStatus(
  write: Write,
  order: Order,
  to: Status,
  { by, now, reason }: ChangeContext & { reason?: string | undefined },
): Promise<Order> {
  const move = moveOf(order.status, to, order.fulfilment);
  if (move === 'same') return order;
  const ends = to === 'rejected' || to === 'cancelled';
  if (ends && !reason) throw reasonNeeded();
  if (move === 'no') throw notAllowed(order, `An order cannot go from ${order.status} to ${to}.`);
  if (move === 'recall' && !recallIsOpen(order.status, order.statusSince, now))
    throw notAllowed(order, tooLateToRecall(order.status));
  const withReason = ends && reason ? { reason } : {};
  return recordChange(write, {
    type: 'order_status_changed',
    order: next(order, now, {
      status: to,
      statusSince: iso(now),
      ...withReason,
      ...(to === 'pending' && seenBy(order, { now, by: by.name })),
    }),
    by,
    previousStatus: order.status,
    ...withReason,
  });
}

export async function setPayment(
  write: Write,
  order: Order,
  { status, method }: { status: PaymentStatus; method?: string | undefined },
  { by, now }: ChangeContext,
): Promise<Order> {
  const payment = { status, method: (method === undefined ? order.payment.method : method) || null };
  if (payment.status === order.payment.status && payment.method === order.payment.method) return order;
  return recordChange(write, { type: 'payment_updated', order: next(order, now, { payment }), by });
}

const iso = (ms: number): string => new Date(ms).toISOString();
const next = (order: Order, now: number, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
  updatedAt: iso(now),
});

const reasonNeeded = () =>
  new ServiceError('invalid_request', 'Rejecting and cancelling need a reason.', {
    details: [{ path: 'reason', message: 'is required' }],
  });
const notAllowed = (order: Order, message: string) => new ServiceError('invalid_transition', message, { order });
