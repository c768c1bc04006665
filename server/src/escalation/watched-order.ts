import type { Escalation, EscalationKind } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';

/** An order of which somebody may have to be told, or has been. */
export interface WatchedOrder {
  orderId: string;
  storeId: string;
  /** For people. */
  number: string;
  /** The number of the change with which it came. */
  seq: number;
  /** On the clock that never jumps, ms. */
  cameAt: number;
  /** null: deleted. */
  status: Status | null;
  acknowledged: boolean;
  /** What is watched for, and what was raised of it. */
  cases: Map<EscalationKind, 'waiting' | Escalation>;
}

/** What has to be known of an order to watch over it. */
export type WatchableOrder = Pick<Order, 'id' | 'storeId' | 'number' | 'status' | 'acknowledgedAt' | 'createdAt'>;

export function watchOrder(
  order: WatchableOrder,
  seq: number,
  cameAt: number,
  kinds: readonly EscalationKind[],
): WatchedOrder {
  return {
    orderId: order.id,
    storeId: order.storeId,
    number: order.number,
    seq,
    cameAt,
    status: order.status,
    acknowledged: order.acknowledgedAt !== null,
    cases: new Map(kinds.map((kind) => [kind, 'waiting'])),
  };
}

/** A deleted order, of which nothing is left but what was raised. */
export function watchGone({ orderId, storeId, orderNumber }: Escalation): WatchedOrder {
  const gone = { seq: 0, cameAt: 0, status: null, acknowledged: false };
  return { orderId, storeId, number: orderNumber, ...gone, cases: new Map() };
}
