import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { DEFAULT_SETTINGS, type Settings } from '#contract/settings.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { CommandRow } from '../stores.ts';
import { memoryCache } from '../testing/memory-storage.ts';
import { type BoardModel, createBoard } from './board.ts';

const AT = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

let cache: ReturnType<typeof memoryCache>;
let rows: CommandRow[];
let now: number;
let ages: Settings['ages'];
let board: BoardModel;
let before: number | null;
beforeEach(() => {
  cache = memoryCache();
  rows = [];
  now = AT;
  before = null;
  ages = DEFAULT_SETTINGS.ages;
  board = createBoard({
    cache: cache.store,
    rowsOf: (id) => rows.filter((row) => row.orderId === id),
    orderIds: () => rows.map((row) => row.orderId),
    ages: () => ages,
    now: () => now,
    windowDays: () => 8,
    carriedOverBefore: () => before,
    by: () => 'K',
  });
});
const put = (...orders: (Partial<Order> & { id: string })[]): void => {
  for (const order of orders) cache.store.put(anOrder({ ...order }));
  board.touch(orders.map(({ id }) => id));
};
const closed = (id: string, minutesAgo: number) => ({
  id,
  status: 'completed' as const,
  statusSince: iso(now - minutesAgo * MINUTE),
});
const tapOn = (orderId: string): void => {
  rows.push({
    id: rows.length + 1,
    commandId: `c${rows.length}`,
    orderId,
    intent: { type: 'set_status', payload: { from: 'ready', to: 'completed' } },
    baseVersion: 1,
    issuedAt: iso(now),
    answer: null,
  });
  board.touch([orderId]);
};
const shown = (): string[] =>
  board
    .whole()
    .tickets.map(({ order }) => order.id)
    .sort();

describe('patches', () => {
  it('are numbered and carry only what changed', () => {
    put({ id: 'a' }, { id: 'b' });
    expect(board.patch()).toMatchObject({ n: 1, upserts: [{ order: { id: 'a' } }, { order: { id: 'b' } }] });
    expect(board.patch()).toBeNull();
    put({ id: 'b', version: 2 });
    cache.store.remove('a');
    board.touch(['a', 'nowhere']);
    expect(board.patch()).toMatchObject({ n: 2, upserts: [{ order: { id: 'b', version: 2 } }], removes: ['a'] });
    expect(board.whole()).toMatchObject({ n: 2 });
  });

  it('remove tickets that a snapshot does not have', () => {
    put({ id: 'a' }, { id: 'b' });
    board.patch();
    cache.store.clear();
    cache.store.put(anOrder({ id: 'c' }));
    board.load();
    const patch = board.patch();
    expect(patch?.removes.sort()).toEqual(['a', 'b']);
    expect(patch?.upserts.map(({ order }) => order.id)).toEqual(['c']);
  });

  it('carry new ages when the thresholds change', () => {
    put({ id: 'a' });
    board.patch();
    ages = { ...ages, pickup: { warningMinutes: 1, lateMinutes: 2 } };
    board.recomputeAges();
    expect(board.patch()?.upserts).toMatchObject([{ lateAt: AT + 2 * MINUTE }]);
  });
});

describe('closed orders', () => {
  it('are shown for 60 minutes', () => {
    put(closed('young', 59), closed('old', 61), { id: 'open' });
    expect(shown()).toEqual(['open', 'young']);
    now += 2 * MINUTE;
    board.tidy();
    expect(shown()).toEqual(['open']);
  });

  it('are limited to the newest fifty, and make room as they leave', () => {
    put(...Array.from({ length: 60 }, (_, i) => closed(`m${String(i).padStart(2, '0')}`, i / 2)));
    expect(shown()).toHaveLength(50);
    expect(shown().at(-1)).toBe('m49');
    put({ id: 'm00', status: 'ready' });
    expect(shown()).toHaveLength(51);
    expect(shown().at(-1)).toBe('m50');
  });

  it('stay while a command of this display is unanswered', () => {
    put({ id: 'a', status: 'ready' });
    tapOn('a');
    now += 5 * 60 * MINUTE;
    put(...Array.from({ length: 60 }, (_, i) => closed(`m${i}`, 1)));
    expect(shown()).toContain('a');
    rows = [];
    put(closed('a', 300));
    expect(shown()).not.toContain('a');
  });

  it('are loaded again with their command at the next start', () => {
    cache.store.put(anOrder(closed('a', 600)));
    rows = [];
    board.load();
    expect(shown()).toEqual([]);
    tapOn('a');
    board.load();
    expect(shown()).toEqual(['a']);
  });
});

it('[S7] an uncleared order that was called off elsewhere leaves after the display window', () => {
  put({ id: 'a', status: 'preparing' });
  cache.store.keepSeen(anOrder({ id: 'a', status: 'preparing' }));
  put({ ...closed('a', 0), status: 'cancelled' }, ...Array.from({ length: 60 }, (_, i) => closed(`c${i}`, 0)));
  now += 7 * 24 * 60 * MINUTE;
  board.tidy();
  expect(shown()).toEqual(['a']);
  board.load();
  expect(shown()).toEqual(['a']);
  now += 2 * 24 * 60 * MINUTE;
  board.tidy();
  expect(shown()).toEqual([]);
});

describe('the alarm', () => {
  it('[A1] lists the ringing orders, oldest first, with own commands applied', () => {
    put({ id: 'b', placedAt: iso(AT - 1_000) }, { id: 'a' }, { id: 'c', acknowledgedAt: iso(AT) });
    expect(board.ringing()).toEqual(['b', 'a']);
    rows.push({
      id: 1,
      commandId: 'c',
      orderId: 'b',
      intent: { type: 'acknowledge', payload: {} },
      baseVersion: 1,
      issuedAt: iso(AT),
      answer: null,
    });
    board.touch(['b']);
    expect(board.ringing()).toEqual(['a']);
  });
});

it('returns an order that is not shown from the cache', () => {
  cache.store.put(anOrder(closed('old', 600)));
  board.load();
  expect(board.shown('old')?.id).toBe('old');
  expect(board.shown('nowhere')).toBeUndefined();
});
