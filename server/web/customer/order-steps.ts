import type { PublicOrder } from '#contract/public-order.ts';
import { type Fulfilment, isCalledOff, type Status } from '#contract/status.ts';
import type { StepTimes } from './step-times.ts';

/** One line of an order's progress. */
export interface OrderStep {
  status: Status;
  reached: boolean;
  /** It is where the order is now. */
  current: boolean;
  /** When it was reached; null also of a passed step whose time the page does not know. */
  at: string | null;
}

/**
 * The steps of an order of this kind, from ordered to its end. Of one that was called off, only what happened.
 *
 * @param times without them, the steps between ordered and now have none
 */
export function orderSteps(
  { status, fulfilment, placedAt, statusSince }: PublicOrder,
  times: StepTimes = {},
): OrderStep[] {
  const whole = pathOf(fulfilment);
  const path = isCalledOff(status) ? [...whole.filter((step, i) => i === 0 || times[step]), status] : whole;
  const now = path.indexOf(status);
  return path.map((step, i) => ({
    status: step,
    reached: i <= now,
    current: i === now,
    at: i === 0 ? placedAt : i === now ? statusSince : i < now ? (times[step] ?? null) : null,
  }));
}

const pathOf = (fulfilment: Fulfilment): readonly Status[] =>
  fulfilment === 'delivery'
    ? ['pending', 'preparing', 'ready', 'delivering', 'completed']
    : ['pending', 'preparing', 'ready', 'completed'];

/** Whether it is still to become ready. */
export const isOpen = ({ status }: PublicOrder): boolean => status === 'pending' || status === 'preparing';

/** Whether its expected time has passed and it is not with the customer. A booking is not late: its guests may be. */
export function isLate(order: PublicOrder, now: number): boolean {
  const { status, fulfilment, dueAt } = order;
  const waits = isOpen(order) || status === 'delivering' || (status === 'ready' && fulfilment === 'delivery');
  return waits && fulfilment !== 'booking' && dueAt !== null && Date.parse(dueAt) < now;
}
