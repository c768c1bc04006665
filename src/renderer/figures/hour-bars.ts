import type { FigureRange } from '#contract/figures.ts';
import { localHour, offsetAt } from '#contract/local-time.ts';
import type { Stats } from '#contract/sync.ts';

const HOUR_MS = 3_600_000;
/** A day has 25 of them at most. */
const MOST = 30;

export interface HourBar {
  key: string;
  /** The hour of the store's clock: `09`. */
  label: string;
  orders: number;
  revenueMinor: number;
}

/**
 * The bars of the chart, including empty hours between others. A day lists its hours as they passed, so an hour repeats when
 * clocks go back. A week has each hour of the day once, summed over all days.
 */
export function hourBars(perHour: Stats['perHour'], range: FigureRange, timeZone: string): HourBar[] {
  return range === 'week' ? ofTheDay(perHour) : asTheyWent(perHour, timeZone);
}

const labelOf = (hour: string): string => hour.slice(11, 13);

function asTheyWent(perHour: Stats['perHour'], timeZone: string): HourBar[] {
  const [first, last] = [perHour[0], perHour.at(-1)];
  if (!first || !last) return [];
  const counted = new Map(perHour.map((hour) => [hour.hour, hour]));
  const bars: HourBar[] = [];
  for (let at = Date.parse(first.hour); at <= Date.parse(last.hour) && bars.length < MOST; at += HOUR_MS) {
    const key = localHour(at, offsetAt(at, timeZone));
    const { orders = 0, revenueMinor = 0 } = counted.get(key) ?? {};
    bars.push({ key, label: labelOf(key), orders, revenueMinor });
  }
  return bars;
}

function ofTheDay(perHour: Stats['perHour']): HourBar[] {
  const hours = Map.groupBy(perHour, ({ hour }) => Number(labelOf(hour)));
  const sum = (hour: number, of: 'orders' | 'revenueMinor') =>
    (hours.get(hour) ?? []).reduce((all, one) => all + one[of], 0);
  const [first, last] = [Math.min(...hours.keys()), Math.max(...hours.keys())];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i): HourBar => {
    const label = String(first + i).padStart(2, '0');
    return { key: label, label, orders: sum(first + i, 'orders'), revenueMinor: sum(first + i, 'revenueMinor') };
  });
}

/** Axis ticks: a few round numbers from 0 to at least `most`, such as 0, 5, 10, 15. */
export function axisOf(most: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const step = [1, 2, 5, 10].map((n) => n * size).find((n) => n * 4 >= most) ?? most;
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step);
}
