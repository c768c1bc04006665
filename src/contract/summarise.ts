import { localHour, MINUTE_MS, offsetAt } from './local-time.ts';
import { isCalledOff, STATUSES, type Status } from './status.ts';
import type { Stats } from './sync.ts';

/** What statistics know of one order. Times are ISO. */
export interface OrderFacts {
  status: Status;
  totalMinor: number;
  createdAt: string;
  dueAt: string | null;
  /** Preparation began, and it became ready for good. */
  startedAt: string | null;
  readyAt: string | null;
}

/** Left out of preparation times: somebody forgot to bump it (field.md). */
const OUTLIER_SECONDS = 4 * 3_600;
/** Clocks change on quarters of an hour only, so one look-up serves a quarter. */
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * The figures of a set of orders. Revenue, average and hours' revenue count those not rejected or cancelled;
 * preparation is from `preparing` to `ready`; `onTimeShare` is of those with a promised time that became ready.
 */
export function summarise(orders: readonly OrderFacts[], timeZone: string): Stats {
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
  for (const { status } of orders) byStatus[status]++;
  const sold = orders.filter(isSold);
  const revenueMinor = sold.reduce((sum, order) => sum + order.totalMinor, 0);
  const seconds = preparationSeconds(orders);
  return {
    orders: orders.length,
    byStatus,
    revenueMinor,
    averageMinor: sold.length > 0 ? Math.round(revenueMinor / sold.length) : 0,
    preparation: { medianSeconds: quantile(seconds, 0.5), p90Seconds: quantile(seconds, 0.9) },
    onTimeShare: onTimeShare(orders),
    perHour: perHour(orders, timeZone),
  };
}

const isSold = ({ status }: OrderFacts): boolean => !isCalledOff(status);

/** Sorted. */
function preparationSeconds(orders: readonly OrderFacts[]): number[] {
  const all = orders.flatMap(({ startedAt, readyAt }) =>
    startedAt && readyAt ? Math.max(0, Date.parse(readyAt) - Date.parse(startedAt)) / 1000 : [],
  );
  return all.filter((seconds) => seconds <= OUTLIER_SECONDS).sort((a, b) => a - b);
}

/** The smallest value that at least this share of the (sorted) values do not exceed; null of nothing. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function onTimeShare(orders: readonly OrderFacts[]): number | null {
  const promised = orders.filter((order) => order.dueAt && order.readyAt);
  const kept = promised.filter(({ dueAt, readyAt }) => String(readyAt) <= String(dueAt));
  return promised.length > 0 ? kept.length / promised.length : null;
}

/** Hours of the store's clock in which orders came, oldest first. */
function perHour(orders: readonly OrderFacts[], timeZone: string): Stats['perHour'] {
  const hours = new Map<string, { at: number; orders: number; revenueMinor: number }>();
  const labels = new Map<number, string>();
  for (const order of orders) {
    const quarter = Math.floor(Date.parse(order.createdAt) / QUARTER_MS) * QUARTER_MS;
    const label = labels.get(quarter) ?? localHour(quarter, offsetAt(quarter, timeZone));
    labels.set(quarter, label);
    const hour = hours.get(label) ?? { at: quarter, orders: 0, revenueMinor: 0 };
    hour.orders++;
    hour.at = Math.min(hour.at, quarter);
    if (isSold(order)) hour.revenueMinor += order.totalMinor;
    hours.set(label, hour);
  }
  return [...hours]
    .sort(([, a], [, b]) => a.at - b.at)
    .map(([hour, { orders, revenueMinor }]) => ({ hour, orders, revenueMinor }));
}
