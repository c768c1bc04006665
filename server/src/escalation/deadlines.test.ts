import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDeadlines } from './deadlines.ts';

it('returns a key when its time comes, once for all its deadlines in that second', () => {
  const deadlines = createDeadlines(500);
  deadlines.add('a', 1_500);
  deadlines.add('a', 1_900);
  deadlines.add('b', 4_000);
  deadlines.add('late', -70_000);
  expect([...deadlines.take(900)]).toEqual(['late']);
  expect([...deadlines.take(1_600)]).toEqual([]);
  expect([...deadlines.take(2_000)]).toEqual(['a']);
  expect([...deadlines.take(2_000)]).toEqual([]);
  expect([...deadlines.take(86_400_000)]).toEqual(['b']);
});

it('loses no key, and returns none more than a second late or early', () => {
  const steps = fc.array(fc.tuple(fc.nat(5_000), fc.option(fc.nat(90_000))), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (moves) => {
      const deadlines = createDeadlines(0);
      const due = new Map<string, number>();
      let now = 0;
      const take = () => {
        for (const key of deadlines.take(now)) {
          const at = due.get(key) ?? Number.NaN;
          expect(at).toBeLessThanOrEqual(now);
          due.delete(key);
        }
        for (const at of due.values()) expect(at + 1_000).toBeGreaterThan(now);
      };
      for (const [i, [passed, wait]] of moves.entries()) {
        now += passed;
        take();
        if (wait === null) continue;
        deadlines.add(`k${i}`, now + wait);
        due.set(`k${i}`, now + wait);
      }
      now += 100_000;
      take();
      expect(due.size).toBe(0);
    }),
  );
});
