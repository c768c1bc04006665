import { assertNever } from './assert-never.ts';
import type { CommandPayload, Intent, Rejection } from './command.ts';
import type { Order } from './order.ts';
import { isCalledOff, isOpen, moveOf, RANK, recallIsOpen, type Status, tooLateToRecall } from './status.ts';

/** A command older than this is answered `stale` (C4). */
export const STALE_AFTER_MS = 12 * 3_600_000;

export const CHANGE_TYPES = [
  'order_created',
  'order_updated',
  'order_status_changed',
  'payment_updated',
  'order_acknowledged',
  'order_deleted',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export type Decision =
  | { outcome: 'applied'; type: ChangeType; order: Order; previousStatus?: Status; reason?: string }
  | { outcome: 'already' | 'superseded' }
  | { outcome: 'rejected'; code: Rejection; message: string };

/** What a decision depends on besides the order and the intent. */
export interface DecideContext {
  /** Server time, ms: the server's clock, or a display's estimate of it (L3). */
  now: number;
  /** When the user tapped, ms. */
  issuedAt: number;
  /** The version the user saw; only a recall requires it to match. */
  baseVersion: number;
  /** Name of the person or display, for `acknowledgedBy`. */
  by: string;
  /** An admin may set any payment status (C6); a display sets `paid` and `unpaid`. */
  anyPayment?: true;
}

/**
 * Decides an intent. A pure function, by which the server decides and a display predicts (S5). An applied decision
 * carries the whole resulting order, `version` one higher; the server assigns its `seq`.
 *
 * @param order the order as it is now, or undefined when there is none in this store
 */
export function decide(order: Order | undefined, intent: Intent, context: DecideContext): Decision {
  if (!order) return rejected('not_found', 'There is no such order.');
  const decision = decideByType(order, intent, context);
  if (decision.outcome === 'applied' && context.now - context.issuedAt > STALE_AFTER_MS)
    return rejected('stale', 'This was tapped more than 12 hours ago.');
  return decision;
}

function decideByType(order: Order, intent: Intent, context: DecideContext): Decision {
  switch (intent.type) {
    case 'set_status':
      return decideStatus(order, intent.payload, context);
    case 'acknowledge':
      if (order.acknowledgedAt) return { outcome: 'already' };
      if (isCalledOff(order.status)) return ended(order);
      if (order.status !== 'pending') return { outcome: 'superseded' };
      return applied(order, context, 'order_acknowledged', {
        acknowledgedAt: iso(context.now),
        acknowledgedBy: context.by,
      });
    case 'set_item_done':
      return decideItem(order, intent.payload, context);
    case 'set_priority':
      if (order.priority === intent.payload.priority) return { outcome: 'already' };
      return whileOpen(order) ?? applied(order, context, 'order_updated', { priority: intent.payload.priority });
    case 'set_due':
      if (order.dueAt === intent.payload.dueAt) return { outcome: 'already' };
      return whileOpen(order) ?? applied(order, context, 'order_updated', { dueAt: intent.payload.dueAt });
    case 'fire_course':
      if (order.firedCourse === intent.payload.course) return { outcome: 'already' };
      if (order.firedCourse > intent.payload.course) return { outcome: 'superseded' };
      return whileOpen(order) ?? applied(order, context, 'order_updated', { firedCourse: intent.payload.course });
    case 'move_items':
      return decideStations(order, intent.payload, context);
    case 'set_payment':
      return decidePayment(order, intent.payload, context);
    default:
      return assertNever(intent);
  }
}

/** Forward, back or to an end: derived from what the user saw and wanted, not from the order's current status. */
function decideStatus(order: Order, payload: CommandPayload<'set_status'>, context: DecideContext): Decision {
  const { from, to } = payload;
  const move = moveOf(order.status, to, order.fulfilment);
  if (move === 'same') return { outcome: 'already' };
  const wanted = RANK[to];
  const seen = RANK[from];
  if (wanted === null) return decideEnd(order, payload, context);
  if (isCalledOff(order.status)) return ended(order);
  if (seen !== null && wanted < seen) {
    if (context.baseVersion !== order.version) return rejected('stale', 'The order has changed since you saw it.');
    if (move !== 'recall') return rejected('invalid_transition', `An order cannot go from ${order.status} to ${to}.`);
    if (!recallIsOpen(order.status, order.statusSince, context.now))
      return rejected('too_late', tooLateToRecall(order.status));
    return moved(order, to, context);
  }
  if (move === 'forward') return moved(order, to, context);
  if ((RANK[order.status] ?? -1) > wanted) return { outcome: 'superseded' };
  return rejected('invalid_transition', `An order cannot go from ${order.status} to ${to}.`);
}

function decideEnd(order: Order, payload: CommandPayload<'set_status'>, context: DecideContext): Decision {
  if (isCalledOff(order.status)) return ended(order);
  if (!payload.reason) return rejected('invalid', 'Rejecting and cancelling need a reason.');
  if (moveOf(order.status, payload.to, order.fulfilment) !== 'end')
    return rejected('too_late', `The order is ${order.status} already.`);
  return moved(order, payload.to, context, payload.reason);
}

function decideItem(order: Order, payload: CommandPayload<'set_item_done'>, context: DecideContext): Decision {
  const item = order.items.find((i) => i.id === payload.itemId);
  if (!item) return rejected('not_found', 'The order has no such item any more.');
  if (item.done === payload.done) return { outcome: 'already' };
  const items = order.items.map((i) => (i === item ? { ...i, done: payload.done } : i));
  return whileOpen(order) ?? applied(order, context, 'order_updated', { items });
}

/** All of them or none. */
function decideStations(order: Order, payload: CommandPayload<'move_items'>, context: DecideContext): Decision {
  const wanted = new Map(payload.items.map(({ itemId, station }) => [itemId, station]));
  const items = order.items.map((item) => {
    const station = wanted.get(item.id);
    wanted.delete(item.id);
    return station === undefined || station === item.station ? item : { ...item, station };
  });
  if (wanted.size > 0) return rejected('not_found', 'The order has no such item any more.');
  if (items.every((item, i) => item === order.items[i])) return { outcome: 'already' };
  return whileOpen(order) ?? applied(order, context, 'order_updated', { items });
}

function decidePayment(order: Order, payload: CommandPayload<'set_payment'>, context: DecideContext): Decision {
  if (!context.anyPayment && payload.status !== 'paid' && payload.status !== 'unpaid')
    return rejected('forbidden', 'A display sets paid and unpaid; the rest is for the shop system.');
  const payment = { status: payload.status, method: payload.method ?? order.payment.method };
  if (payment.status === order.payment.status && payment.method === order.payment.method) return { outcome: 'already' };
  return applied(order, context, 'payment_updated', { payment });
}

const iso = (ms: number): string => new Date(ms).toISOString();

function ended(order: Order): Decision {
  return rejected('order_cancelled', `The order was ${order.status}.`);
}

function whileOpen(order: Order): Decision | undefined {
  if (isCalledOff(order.status)) return ended(order);
  return isOpen(order.status) ? undefined : rejected('too_late', `The order is ${order.status} already.`);
}

function moved(order: Order, to: Status, context: DecideContext, reason?: string): Decision {
  const change = {
    status: to,
    statusSince: iso(context.now),
    ...(reason ? { reason } : {}),
    ...(to === 'pending' && seenBy(order, context)),
  };
  return {
    ...applied(order, context, 'order_status_changed', change),
    previousStatus: order.status,
    ...(reason ? { reason } : {}),
  };
}

/** A started order has been seen: recalled to `pending`, it stays acknowledged and does not ring (section 4). */
export function seenBy(order: Order, { now, by }: { now: number; by: string }) {
  return order.acknowledgedAt ? {} : { acknowledgedAt: iso(now), acknowledgedBy: by };
}

function applied(order: Order, context: DecideContext, type: ChangeType, change: Partial<Order>) {
  return {
    outcome: 'applied' as const,
    type,
    order: { ...order, ...change, version: order.version + 1, updatedAt: iso(context.now) },
  };
}

function rejected(code: Rejection, message: string): Decision {
  return { outcome: 'rejected', code, message };
}
