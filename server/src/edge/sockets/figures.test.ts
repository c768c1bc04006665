import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Presence } from '#contract/sync.ts';
import { createFigures } from './figures.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends one list of the displays for many that come within a second', () => {
  const displays: Presence['displays'] = [];
  const sent: number[] = [];
  const figures = createFigures({
    orders: { statsToday: () => Promise.reject(new Error('not asked for')) },
    receipts: { presence: () => ({ displays: [...displays] }) },
    onStats: () => {},
    onPresence: (_, presence) => sent.push(presence.displays.length),
    onFailure: () => {},
    now: () => 0,
  });
  for (let i = 0; i < 200; i++) {
    displays.push({ deviceId: `d${i}`, name: 'Kitchen', since: '2026-11-21T06:00:00.000Z', cursor: 0 });
    figures.presenceChanged('main', 'displays');
    vi.advanceTimersByTime(4);
  }
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([200]);
  figures.stop();
});

it('reads the orders of a store when its head has moved, when that failed, and once a minute', async () => {
  const answers: (() => Promise<never>)[] = [];
  let reads = 0;
  const figures = createFigures({
    orders: {
      statsToday: () => {
        reads += 1;
        return answers.shift()?.() ?? Promise.reject(new Error('away'));
      },
    },
    receipts: { presence: () => ({ displays: [] }) },
    onStats: () => {},
    onPresence: () => {},
    onFailure: () => {},
    now: () => Date.now(),
  });
  const second = async (head: number) => {
    figures.headIs('main', head);
    figures.look('main');
    await vi.advanceTimersByTimeAsync(1_000);
    return reads;
  };
  vi.setSystemTime(0);
  const found = async () => ({}) as never;
  answers.push(() => Promise.reject(new Error('away')), found, found, found);
  expect([await second(1), await second(1), await second(1)]).toEqual([1, 2, 2]);
  expect([await second(2), await second(2)]).toEqual([3, 3]);
  vi.setSystemTime(60_000);
  expect(await second(2)).toBe(4);
  figures.stop();
});
