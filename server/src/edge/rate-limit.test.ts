import { expect, it, onTestFinished, vi } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

it('counts per key and returns the seconds to wait', () => {
  let now = 1_000;
  const limit = createRateLimit(() => now);
  expect([limit.take('a', 2), limit.take('a', 2), limit.take('b', 2)]).toEqual([null, null, null]);
  now += 20_000;
  expect(limit.take('a', 2)).toBe(40);
  expect(limit.take('b', 2)).toBeNull();
});

it('starts again after a minute', () => {
  let now = 0;
  const limit = createRateLimit(() => now);
  expect([limit.take('a', 1), limit.take('a', 1)]).toEqual([null, 60]);
  now = 60_000;
  expect(limit.take('a', 1)).toBeNull();
});

it('takes a batch that is larger than the rest, then nothing more', () => {
  const limit = createRateLimit(() => 0);
  expect([limit.take('a', 3, 2), limit.take('a', 3, 50), limit.take('a', 3)]).toEqual([null, null, 60]);
});

it('returns a count', () => {
  const limit = createRateLimit(() => 0);
  limit.take('a', 1);
  limit.giveBack('a');
  limit.giveBack('never counted');
  expect(limit.take('a', 1)).toBeNull();
});

it('does not wait longer after the clock was set back', () => {
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const limit = createRateLimit();
  expect([limit.take('a', 1), limit.take('a', 1)]).toEqual([null, 60]);
  vi.setSystemTime(Date.now() - 3 * 3_600_000);
  expect(limit.take('a', 1)).toBe(60);
  vi.advanceTimersByTime(60_000);
  expect(limit.take('a', 1)).toBeNull();
});
