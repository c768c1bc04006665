import { localHour, MINUTE_MS, offsetAt } from './local-time.ts';
import { isCalledOff, STATUSES, type Status } from './status.ts';
import type { Stats } from './sync.ts';

/** The facts about one order that statistics use. Times are ISO. */
export interface OrderFacts {
  status: Status;
  totalMinor: number;
  createdAt: string;
  dueAt: string | null;
  /** Preparation started; the order last became ready. */
  startedAt: string | null;
  readyAt: string | null;
}

/** Longer preparation times are ignored: somebody forgot to bump (field.md). */
const OUTLIER_SECONDS = 4 * 3_600;
/** Clocks change only at quarters of an hour, so one look-up serves a quarter. */
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * The figures of a set of orders. Revenue, average and revenue per hour exclude rejected and cancelled orders.
 * Preparation runs from `preparing` to `ready`. `onTimeShare` covers orders with a promised time that became ready.
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

/** The smallest of the (sorted) values that at least this share of them do not exceed; null if there are none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function onTimeShare(orders: readonly OrderFacts[]): number | null {
  const promised = orders.filter((order) => order.dueAt && order.readyAt);
  const kept = promised.filter(({ dueAt, readyAt }) => String(readyAt) <= String(dueAt));
  return promised.length > 0 ? kept.length / promised.length : null;
}

/** Hours of the store's clock with orders, oldest first. */
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
