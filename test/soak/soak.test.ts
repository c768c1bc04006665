import { describe, expect, it, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { Day } from './run-soak.ts';
import { soak } from './soak.ts';

/** Three short days in seconds; the week is `npm run soak`. */
test('12. A week of uptime: no slower, no bigger', async () => {
  const days = await soak({ days: 3, hours: 2, orders: 35, seed: 12 });
  for (const day of days) {
    expect(day).toMatchObject({ drops: 6, different: 0 });
    expect(day.changes).toBeGreaterThan(150);
    // Two displays; a burst of orders causes one alert.
    expect(day.alerts).toBeGreaterThan(0);
    expect(day.alerts).toBeLessThanOrEqual(2 * (35 + day.drops));
  }
  // Processor time over a few seconds is too noisy on a busy machine.
  expect(evaluate(days).filter(({ name, ok }) => !ok && name !== 'micros')).toEqual([]);
}, 240_000);

describe('the evaluation finds', () => {
  const day = (over: Partial<Day>): Day => ({
    ...{ day: 1, changes: 1, taps: 1, drops: 1, alerts: 1, different: 0 },
    ...{ micros: 4_000, heap: 40e6, cache: 0, queue: 0 },
    ...over,
  });
  const steady = [1, 2, 3, 4].map((n) => day({ day: n, cache: n * 1e6, queue: n * 5e5 }));
  const wrongIn = (last: Partial<Day>): string[] =>
    evaluate([...steady.slice(0, 3), { ...day({ day: 4, cache: 4e6, queue: 2e6 }), ...last }])
      .filter(({ ok }) => !ok)
      .map(({ name }) => name);

  it.each([
    ['nothing in equal days', {}, []],
    ['a slower day', { micros: 6_400 }, ['micros']],
    ['growing memory', { heap: 60e6 }, ['heap']],
    ['a cache that keeps more each day', { cache: 5e6 }, ['cacheGrowth']],
    ['a queue that deletes nothing', { queue: 4e6 }, ['queueGrowth']],
    ['a screen that differs from the server', { different: 2 }, ['different orders, day 4']],
  ])('%s', (_, last, wrong) => expect(wrongIn(last)).toEqual(wrong));
});
