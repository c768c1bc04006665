import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { summarise } from '#contract/summarise.ts';
import type { Stats } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { FigureRow } from '../stores.ts';
import { memoryCache } from '../testing/memory-storage.ts';
import { createFigures } from './figures.ts';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ago = (ms: number): string => new Date(NOW - ms).toISOString();

let cache: ReturnType<typeof memoryCache>['store'];
let now: number;
let link: { state: 'live' | 'offline'; lastWordAt: number | null };
let serverStats: { stats: Stats; at: number | null } | null;
let cursor: number;
let store: { timeZone: string; currency: string } | null;
let windowDays: number;
beforeEach(() => {
  ({ store: cache } = memoryCache());
  now = NOW;
  link = { state: 'live', lastWordAt: NOW - 1_000 };
  serverStats = null;
  cursor = 0;
  store = { timeZone: 'Asia/Tbilisi', currency: 'GEL' };
  windowDays = 8;
});
const figures = () =>
  createFigures({
    cache,
    now: () => now,
    store: () => store,
    ages: () => DEFAULT_SETTINGS.ages,
    windowDays: () => windowDays,
    position: () => ({ epoch: 'e', cursor, hash: null }),
    link: () => link,
    serverStats: () => serverStats,
  });

/** Placed `ago`, started and ready so many minutes later; null: not yet. */
function keep(
  id: string,
  placedAgo: number,
  change: Partial<FigureRow> = {},
  begun = 1,
  ready: number | null = 5,
): FigureRow {
  const placed = NOW - placedAgo;
  const minute = (n: number) => new Date(placed + n * MINUTE).toISOString();
  const row: FigureRow = {
    orderId: id,
    createdAt: minute(0),
    placedAt: minute(0),
    dueAt: null,
    status: ready === null ? 'preparing' : 'completed',
    statusSince: minute(ready ?? begun),
    fulfilment: 'pickup',
    totalMinor: 1_000,
    startedAt: minute(begun),
    readyAt: ready === null ? null : minute(ready),
    recalls: 0,
    ...change,
  };
  cache.put(anOrder({ id }));
  cache.keepFigureRow(row);
  cursor++;
  return row;
}

describe('the figures of today, yesterday, seven days', () => {
  it('count the orders placed in each', () => {
    keep('now', MINUTE);
    // Midnight in Tbilisi was at 20:00 UTC.
    keep('first', 14 * 60 * MINUTE);
    keep('last night', 14 * 60 * MINUTE + 1);
    keep('a week ago', 6 * DAY);
    keep('too long ago', 7 * DAY);
    const counts = (['today', 'yesterday', 'week'] as const).map((range) => figures().of(range)?.stats.orders);
    expect(counts).toEqual([2, 1, 4]);
  });

  it('are as of now while live, and as of the last contact without a network', () => {
    expect(figures().of('today')).toMatchObject({ live: true, asOf: NOW, missingBefore: null });
    link = { state: 'offline', lastWordAt: NOW - 5 * MINUTE };
    expect(figures().of('today')).toMatchObject({ live: false, asOf: NOW - 5 * MINUTE });
  });

  it('report since when they are complete if this display keeps less', () => {
    windowDays = 3;
    expect(figures().of('yesterday')?.missingBefore).toBeNull();
    expect(figures().of('week')?.missingBefore).toBe(NOW - 3 * DAY);
  });

  it('leave an order in another currency out of revenue and average, and count it', () => {
    keep('a', MINUTE);
    keep('b', MINUTE, { totalMinor: 7_000 });
    cache.put(anOrder({ id: 'b', currency: 'USD', note: '"currency":"GEL"' }));
    const counted = {
      orders: 2,
      revenueMinor: 1_000,
      averageMinor: 1_000,
      perHour: [{ orders: 2, revenueMinor: 1_000 }],
    };
    expect(figures().of('today')?.stats).toMatchObject(counted);
    link = { state: 'offline', lastWordAt: NOW };
    const one = figures();
    expect(one.today()).toMatchObject(counted);
    store = { timeZone: 'Asia/Tbilisi', currency: 'USD' };
    expect(one.today()).toMatchObject({ orders: 2, revenueMinor: 7_000, averageMinor: 7_000 });
  });

  it('are null before the store is known', () => {
    store = null;
    expect(figures().of('today')).toBeNull();
    expect(figures().today()).toBeNull();
  });
});

describe('late', () => {
  const late = () => figures().of('today')?.late;
  it.each([
    ['ready in time', {}, 9, 0],
    ['ready just at the threshold', {}, 10, 0],
    ['ready too late', {}, 11, 1],
    ['ready too late, and handed over', { status: 'completed' }, 11, 1],
    ['too late, and cancelled', { status: 'cancelled' }, 11, 0],
    ['never seen as ready', { readyAt: null, status: 'completed' }, 5, 0],
    ['ready before the promised time, though long after it was placed', { dueAt: ago(20 * MINUTE) }, 39, 0],
    ['ready after the promised time', { dueAt: ago(21 * MINUTE) }, 40, 1],
  ] as const)('%s', (_, change, ready, expected) => {
    keep('a', 60 * MINUTE, change, 1, ready);
    expect(late()).toBe(expected);
  });

  it('counts open orders that are late now', () => {
    keep('young', 9 * MINUTE, {}, 1, null);
    keep('old', 11 * MINUTE, {}, 1, null);
    keep('untouched', 11 * MINUTE, { status: 'pending', startedAt: null }, 1, null);
    expect(late()).toBe(2);
  });
});

describe('recalls and implausible times', () => {
  it('counts a recalled order once, however often it was recalled', () => {
    keep('a', MINUTE, { recalls: 3 });
    keep('b', MINUTE, { recalls: 1 });
    keep('c', MINUTE);
    expect(figures().of('today')?.recalled).toBe(2);
  });

  it('ignores preparation times over four hours', () => {
    keep('a', 10 * 60 * MINUTE, {}, 0, 8);
    keep('b', 10 * 60 * MINUTE, {}, 0, 4 * 60 + 1);
    expect(figures().of('today')?.stats.preparation.medianSeconds).toBe(8 * 60);
  });
});

describe('preparation times', () => {
  const said = (change: Partial<Stats> = {}) => {
    const rows = cache.figureRows('', '9', 'GEL');
    serverStats = { stats: { ...summarise(rows, 'Asia/Tbilisi'), ...change }, at: NOW };
  };
  const preparation = { medianSeconds: 432, p90Seconds: 765 };

  it('are the server’s when both count the same orders, with and without a network', () => {
    keep('a', MINUTE, { startedAt: null });
    said({ preparation, onTimeShare: 0.5 });
    expect(figures().of('today')?.stats).toEqual(serverStats?.stats);
    link = { state: 'offline', lastWordAt: NOW };
    expect(figures().of('today')?.stats).toEqual(serverStats?.stats);
    expect(figures().today()).toEqual(serverStats?.stats);
  });

  it('are this display’s own otherwise', () => {
    keep('a', 2 * MINUTE);
    said({ preparation });
    keep('b', MINUTE);
    expect(figures().of('today')?.stats).toMatchObject({ orders: 2, preparation: { medianSeconds: 240 } });
  });
});

describe('today’s figures in the status', () => {
  it('are the server’s while live, and this display’s own otherwise', () => {
    keep('a', MINUTE);
    serverStats = { stats: summarise([], 'UTC'), at: NOW };
    expect(figures().today()?.orders).toBe(0);
    link = { state: 'offline', lastWordAt: NOW };
    expect(figures().today()?.orders).toBe(1);
  });

  it('start again at midnight, even without a message from the server', () => {
    const one = figures();
    keep('a', MINUTE);
    serverStats = { stats: summarise(cache.figureRows('', '9', 'GEL'), 'Asia/Tbilisi'), at: NOW };
    now = Date.parse('2026-11-21T19:59:59.999Z');
    expect(one.today()?.orders).toBe(1);
    now++;
    expect(one.today()?.orders).toBe(0);
  });

  it('are recounted only after a change', () => {
    link = { state: 'offline', lastWordAt: NOW };
    const one = figures();
    expect(one.today()).toBe(one.today());
    keep('a', MINUTE);
    expect(one.today()?.orders).toBe(1);
  });

  it('are still the server’s when the disk cannot be read', () => {
    link = { state: 'offline', lastWordAt: NOW };
    serverStats = { stats: summarise([], 'UTC'), at: null };
    cache.close();
    expect(() => figures().today()).not.toThrow();
  });
});
