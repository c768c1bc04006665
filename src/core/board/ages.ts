import { MINUTE_MS } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import type { Settings } from '#contract/settings.ts';
import { isOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';

type Aged = Pick<Order, 'status' | 'fulfilment' | 'placedAt' | 'createdAt' | 'dueAt'>;

/**
 * When an order's age starts and when it becomes `warning` and `late`; ms, server time. It counts from the placed time (one
 * in the future counts as now). A promised time replaces the late threshold, and the warning keeps its distance to it.
 * Closed orders do not age.
 */
export function agesOf(order: Aged, ages: Settings['ages']): Pick<Ticket, 'ageFrom' | 'warningAt' | 'lateAt'> {
  const placed = Math.min(Date.parse(order.placedAt), Date.parse(order.createdAt));
  const due = order.dueAt === null ? null : Math.max(Date.parse(order.dueAt), placed);
  const ageFrom = due ?? placed;
  if (!isOpen(order.status)) return { ageFrom, warningAt: null, lateAt: null };
  const { warningMinutes, lateMinutes } = ages[order.fulfilment];
  const late = Math.max(warningMinutes, lateMinutes) * MINUTE_MS;
  const warning = warningMinutes * MINUTE_MS;
  if (due === null) return { ageFrom, warningAt: placed + warning, lateAt: placed + late };
  return { ageFrom, warningAt: Math.max(placed, due - (late - warning)), lateAt: due };
}
