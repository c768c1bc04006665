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
