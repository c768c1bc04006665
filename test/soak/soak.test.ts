import { describe, expect, it, test } from 'vitest';
import { judge } from './judge.ts';
import type { Day } from './run-soak.ts';
import { soak } from './soak.ts';

/** Three short days in seconds; the week is `npm run soak`. */
test('12. A week of uptime: no slower, no bigger', async () => {
  const days = await soak({ days: 3, hours: 4, orders: 60, seed: 12 });
  for (const day of days) {
    expect(day).toMatchObject({ drops: 6, different: 0 });
    expect(day.changes).toBeGreaterThan(200);
    // Two displays, and what came in a burst was told as one.
    expect(day.alerts).toBeGreaterThan(0);
    expect(day.alerts).toBeLessThanOrEqual(2 * (60 + day.drops));
  }
  // A few seconds of a machine that does other things meanwhile are too short to say how dear a change is.
  expect(judge(days).filter(({ name, ok }) => !ok && name !== 'cost')).toEqual([]);
}, 240_000);

describe('the judge sees', () => {
  const day = (over: Partial<Day>): Day => ({
    ...{ day: 1, changes: 1, taps: 1, drops: 1, alerts: 1, different: 0 },
    ...{ micros: 4_000, cost: 1, heap: 40e6, cache: 0, queue: 0 },
    ...over,
  });
  const steady = [1, 2, 3, 4].map((n) => day({ day: n, cache: n * 1e6, queue: n * 5e5 }));
  const wrongIn = (last: Partial<Day>): string[] =>
    judge([...steady.slice(0, 3), { ...day({ day: 4, cache: 4e6, queue: 2e6 }), ...last }])
      .filter(({ ok }) => !ok)
      .map(({ name }) => name);

  it.each([
    ['nothing in days that are alike', {}, []],
    ['one that is slower', { cost: 1.6 }, ['cost']],
    ['memory that grows', { heap: 60e6 }, ['heap']],
    ['a cache that keeps more each day', { cache: 5e6 }, ['cacheGrowth']],
    ['a queue that lets nothing go', { queue: 4e6 }, ['queueGrowth']],
    ['a screen that is not the server’s', { different: 2 }, ['different orders, day 4']],
  ])('%s', (_, last, wrong) => expect(wrongIn(last)).toEqual(wrong));
});
