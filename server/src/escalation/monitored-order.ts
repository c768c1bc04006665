import type { OrderEscalation, OrderEscalationKind } from '#contract/admin.ts';
import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';

/** An order that may need an escalation, or has one. */
export interface MonitoredOrder {
  orderId: string;
  storeId: string;
  /** The displayed number. */
  number: string;
  /** The number of the change with which it arrived. */
  seq: number;
  /** On the clock that never jumps, ms. */
  arrivedAt: number;
  /** null: deleted. */
  status: Status | null;
  acknowledged: boolean;
  /** The kinds that are still possible, each with its open escalation. `doubtful`: one may be stored, the answer was lost. */
  cases: Map<OrderEscalationKind, 'waiting' | 'doubtful' | OrderEscalation>;
}

/** The fields of an order that the monitor needs. */
export type OrderToMonitor = Pick<Order, 'id' | 'storeId' | 'number' | 'status' | 'acknowledgedAt' | 'createdAt'>;

export function monitoredOrder(
  order: OrderToMonitor,
  seq: number,
  arrivedAt: number,
  kinds: readonly OrderEscalationKind[],
): MonitoredOrder {
  return {
    orderId: order.id,
    storeId: order.storeId,
    number: order.number,
    seq,
    arrivedAt,
    status: order.status,
    acknowledged: order.acknowledgedAt !== null,
    cases: new Map(kinds.map((kind) => [kind, 'waiting'])),
  };
}

/** An order that was deleted while its escalation was open. */
export function deletedOrder({ orderId, storeId, orderNumber }: OrderEscalation): MonitoredOrder {
  const gone = { seq: 0, arrivedAt: 0, status: null, acknowledged: false };
  return { orderId, storeId, number: orderNumber, ...gone, cases: new Map() };
}
