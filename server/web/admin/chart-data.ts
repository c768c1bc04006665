import { DAY_MS } from '#contract/local-time.ts';
import type { Stats } from '#contract/sync.ts';

export interface Bar {
  key: string;
  label: string;
  value: number;
  /** For a person, with its unit. */
  words: string;
  /** A second figure of the same bar. */
  orders: number;
}

type PerHour = Stats['perHour'];
interface Words {
  money(minor: number): string;
  /** The day as it stands below a bar. */
  day(day: string): string;
}

/** Revenue of each of these days, also of those without orders. */
export function revenuePerDay(perHour: PerHour, days: readonly string[], { money, day }: Words): Bar[] {
  const byDay = Map.groupBy(perHour, ({ hour }) => hour.slice(0, 10));
  return days.map((one): Bar => {
    const value = sum(byDay.get(one), 'revenueMinor');
    return { key: one, label: day(one), value, words: money(value), orders: sum(byDay.get(one), 'orders') };
  });
}

/** Revenue of an average Monday, Tuesday and so on; a day without orders counts, but not one before the first order. */
export function revenuePerWeekday(
  perHour: PerHour,
  days: readonly string[],
  { money, weekday }: { money(minor: number): string /** 1 is Monday. */; weekday(number: number): string },
): Bar[] {
  const first = perHour[0]?.hour.slice(0, 10) ?? '';
  const counted = days.filter((day) => day >= first);
  // Begins with Monday: 1970-01-05 was one.
  return Array.from({ length: 7 }, (_, i): Bar => {
    const same = counted.filter((day) => (Date.parse(day) / DAY_MS + 3) % 7 === i);
    const ofThese = perHour.filter(({ hour }) => same.includes(hour.slice(0, 10)));
    const value = same.length === 0 ? 0 : Math.round(sum(ofThese, 'revenueMinor') / same.length);
    const label = weekday(i + 1);
    const orders = same.length === 0 ? 0 : Math.round((sum(ofThese, 'orders') / same.length) * 10) / 10;
    return { key: String(i), label, value, words: money(value), orders };
  });
}

const sum = (hours: PerHour | undefined, of: 'orders' | 'revenueMinor'): number =>
  (hours ?? []).reduce((all, one) => all + one[of], 0);
