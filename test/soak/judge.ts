import type { Day } from './run-soak.ts';

/**
 * How much more the last day may cost than the second (the first one warms up). Files grow by what a display keeps (rule S7:
 * 8 days of orders, 14 of history, a week of answers), so it is their growth in a day that must not grow.
 */
const LIMITS = { cost: 1.5, heap: 1.3, cacheGrowth: 1.5, queueGrowth: 1.5 };
/** Growth that is nothing: SQLite's log is written from its beginning again, a file grows by whole pages. */
const SLACK_BYTES = 256 * 1024;

export interface Verdict {
  name: string;
  second: number;
  last: number;
  most: number;
  ok: boolean;
}

/** @param days at least three */
export function judge(days: readonly Day[]): Verdict[] {
  const [first, second, last] = [days[0], days[1], days.at(-1)];
  const beforeLast = days.at(-2);
  if (!first || !second || !last || !beforeLast || days.length < 3) throw new Error('a soak takes at least three days');
  const verdict = (name: keyof typeof LIMITS, of: number, now: number, slack = 0): Verdict => {
    const most = Math.max(of, slack) * LIMITS[name];
    return { name, second: of, last: now, most, ok: now <= most };
  };
  return [
    verdict('cost', second.cost, last.cost),
    verdict('heap', second.heap, last.heap),
    verdict('cacheGrowth', second.cache - first.cache, last.cache - beforeLast.cache, SLACK_BYTES),
    verdict('queueGrowth', second.queue - first.queue, last.queue - beforeLast.queue, SLACK_BYTES),
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
