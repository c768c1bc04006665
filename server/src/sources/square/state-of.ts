import { HOUR_MS } from '#contract/local-time.ts';
import { RANK, type Status } from '#contract/status.ts';
import { type SquareFulfillment, type SquareOrder, updatedAt } from './square-order.ts';

const STATUS: Record<string, Status> = {
  PROPOSED: 'pending',
  RESERVED: 'preparing',
  PREPARED: 'ready',
  COMPLETED: 'completed',
  CANCELED: 'cancelled',
  FAILED: 'cancelled',
};
/** A sale at the till that changes so long after it was closed, such as by a refund, is not to be cooked again. */
const CHANGED_AFTER_MS = 4 * HOUR_MS;
/** Nor is one that was closed so long ago by our clock, which may be hours off. */
const CLOSED_FOR_MS = 12 * HOUR_MS;

/** Ours for the state of a fulfillment; one that we do not know is to be cooked. */
const statusOf = (state: string): Status => STATUS[state] ?? 'pending';

/** How far a fulfillment is, as in {@link RANK}. */
export const rankOf = (state: string): number => RANK[statusOf(state)] ?? 0;

/** Whether it is to be made no more. */
export const isCalledOff = ({ state }: SquareFulfillment): boolean => statusOf(state) === 'cancelled';

/** Whether it still can change. */
export const isUnderWay = (one: SquareFulfillment): boolean => one.state !== 'COMPLETED' && !isCalledOff(one);

type State = { status: Status; theirStatus: string; reason?: string };

/**
 * What is to be done with an order. Its fulfillments say how far it is; it is as far as the one that is furthest behind.
 * An order of the till has none, and its state says only whether it is paid: the kitchen cooks it, and knows itself
 * when it is done.
 *
 * @param now ms since 1970
 */
export function stateOf(order: SquareOrder, now: number): State | { none: string } {
  const { state, fulfillments } = order;
  if (state === 'DRAFT') return { none: 'It is a draft in Square.' };
  if (state === 'CANCELED') return cancelled(order, state);
  if (fulfillments.length === 0) {
    if (order.line_items.length === 0) return { none: 'Nothing is ordered in it.' };
    const closedAt = state === 'COMPLETED' ? Date.parse(order.closed_at) : Number.NaN;
    if (updatedAt(order) - closedAt > CHANGED_AFTER_MS || now - closedAt > CLOSED_FOR_MS)
      return { none: 'It was closed at the till long ago.' };
    return { status: 'pending', theirStatus: 'OPEN' };
  }
  const theirStatus = fulfillments.map((one) => one.state).join(', ');
  const open = fulfillments.filter(isUnderWay).map((one) => one.state);
  if (open.length > 0 && state !== 'COMPLETED')
    return { status: statusOf(open.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a))), theirStatus };
  return fulfillments.every(isCalledOff) ? cancelled(order, theirStatus) : { status: 'completed', theirStatus };
}

function cancelled({ fulfillments }: SquareOrder, theirStatus: string): State {
  const [why] = fulfillments.flatMap(({ details }) => details.cancel_reason || details.failure_reason || []);
  return { status: 'cancelled', theirStatus, reason: why || 'Cancelled in Square' };
}
