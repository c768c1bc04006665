import { localHour, MINUTE_MS, offsetAt } from './local-time.ts';
import { isCalledOff, STATUSES, type Status } from './status.ts';
import type { Stats } from './sync.ts';

/** The facts about one order that statistics use. Times are ISO. */
export interface OrderFacts {
  status: Status;
  /** In the store's currency; null: the order is in another one. */
  totalMinor: number | null;
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
 * The figures of a set of orders. Revenue, average and revenue per hour exclude rejected and cancelled orders, and those in another
 * currency: money is an amount of one currency (contract, section 4), and amounts of two have no sum. Counts include all.
 * Preparation runs from `preparing` to `ready`. `onTimeShare` covers orders with a promised time that became ready.
 */
export function summarise(orders: readonly OrderFacts[], timeZone: string): Stats {
  const summary = createSummary(timeZone);
  for (const order of orders) summary.add(order);
  return summary.stats();
}

/** {@link summarise} for orders that come one after the other. */
export interface Summary {
  add(order: OrderFacts): void;
  stats(): Stats;
}

export function createSummary(timeZone: string): Summary {
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
  const hours = createHours(timeZone);
  const seconds: number[] = [];
  let [orders, sold, revenueMinor, promised, onTime] = [0, 0, 0, 0, 0];

  return {
    add({ status, totalMinor, createdAt, dueAt, startedAt, readyAt }) {
      const sale = isCalledOff(status) ? null : totalMinor;
      orders++;
      byStatus[status]++;
      if (sale !== null) sold++;
      revenueMinor += sale ?? 0;
      hours.add(createdAt, sale ?? 0);
      if (startedAt && readyAt) seconds.push(Math.max(0, Date.parse(readyAt) - Date.parse(startedAt)) / 1000);
      if (!dueAt || !readyAt) return;
      promised++;
      if (readyAt <= dueAt) onTime++;
    },
    stats() {
      const sorted = Float64Array.from(seconds.filter((one) => one <= OUTLIER_SECONDS)).sort();
      return {
        orders,
        byStatus: { ...byStatus },
        revenueMinor,
        averageMinor: sold > 0 ? Math.round(revenueMinor / sold) : 0,
        preparation: { medianSeconds: quantile(sorted, 0.5), p90Seconds: quantile(sorted, 0.9) },
        onTimeShare: promised > 0 ? onTime / promised : null,
        perHour: hours.list(),
      };
    },
  };
}

/** The smallest of the (sorted) values that at least this share of them do not exceed; null if there are none. */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** Hours of the store's clock with orders. */
function createHours(timeZone: string) {
  const hours = new Map<string, { at: number; orders: number; revenueMinor: number }>();
  const labels = new Map<number, string>();
  return {
    add(createdAt: string, revenueMinor: number): void {
      const quarter = Math.floor(Date.parse(createdAt) / QUARTER_MS) * QUARTER_MS;
      const label = labels.get(quarter) ?? localHour(quarter, offsetAt(quarter, timeZone));
      labels.set(quarter, label);
      const hour = hours.get(label) ?? { at: quarter, orders: 0, revenueMinor: 0 };
      hour.orders++;
      hour.at = Math.min(hour.at, quarter);
      hour.revenueMinor += revenueMinor;
      hours.set(label, hour);
    },
    /** Oldest first. */
    list: (): Stats['perHour'] =>
      [...hours]
        .sort(([, a], [, b]) => a.at - b.at)
        .map(([hour, { orders, revenueMinor }]) => ({ hour, orders, revenueMinor })),
  };
}
