import type { PublicOrder } from '#contract/public-order.ts';
import { type Fulfilment, isCalledOff, type Status } from '#contract/status.ts';

/** One line of an order's progress. */
export interface OrderStep {
  status: Status;
  reached: boolean;
  /** It is where the order is now. */
  current: boolean;
  /** When it was reached, as far as a customer's view says: ordered, and the newest. */
  at: string | null;
}

/** The steps of an order of this kind, from ordered to its end. Of one that was called off, only what happened. */
export function orderSteps({ status, fulfilment, placedAt, statusSince }: PublicOrder): OrderStep[] {
  const path = isCalledOff(status) ? (['pending', status] as const) : pathOf(fulfilment);
  const now = path.indexOf(status);
  return path.map((step, i) => ({
    status: step,
    reached: i <= now,
    current: i === now,
    at: i === 0 ? placedAt : i === now ? statusSince : null,
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
