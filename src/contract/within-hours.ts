import { MINUTE_MS, offsetAt } from './local-time.ts';
import type { Hours } from './settings.ts';

const DAY_MINUTES = 24 * 60;

/**
 * Whether `at` (ms) is within these hours of the store's clock; `from` is inclusive, `to` exclusive. If `to` is
 * earlier, they run past midnight; if both are equal, they cover the whole day.
 */
export function withinHours({ from, to }: Hours, at: number, timeZone: string): boolean {
  const now = Math.floor((at + offsetAt(at, timeZone)) / MINUTE_MS) % DAY_MINUTES;
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  return begin < end ? begin <= now && now < end : begin <= now || now < end;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
