import type { Day } from './run-soak.ts';

/**
 * Limits for the last day relative to the second; the first one warms up. Files grow until a display's windows are full (rule
 * S7), so this compares the daily growth, not the size.
 */
const LIMITS = { micros: 1.5, heap: 1.3, cacheGrowth: 1.5, queueGrowth: 1.5 };
/** Smaller growth counts as this much, because SQLite reuses its log and allocates whole pages. */
const SLACK_BYTES = 256 * 1024;

export interface Comparison {
  name: string;
  second: number;
  last: number;
  most: number;
  ok: boolean;
}

/** @param days at least three */
export function evaluate(days: readonly Day[]): Comparison[] {
  const [first, second, last] = [days[0], days[1], days.at(-1)];
  const beforeLast = days.at(-2);
  if (!first || !second || !last || !beforeLast || days.length < 3) throw new Error('a soak takes at least three days');
  const compare = (name: keyof typeof LIMITS, of: number, now: number, slack = 0): Comparison => {
    const most = Math.max(of, slack) * LIMITS[name];
    return { name, second: of, last: now, most, ok: now <= most };
  };
  return [
    compare('micros', second.micros, last.micros),
    compare('heap', second.heap, last.heap),
    compare('cacheGrowth', second.cache - first.cache, last.cache - beforeLast.cache, SLACK_BYTES),
    compare('queueGrowth', second.queue - first.queue, last.queue - beforeLast.queue, SLACK_BYTES),
    ...days
      .filter(({ different }) => different > 0)
      .map(({ day, different }) => ({
        name: `different orders, day ${day}`,
        second: 0,
        last: different,
        most: 0,
        ok: false,
      })),
  ];
}
