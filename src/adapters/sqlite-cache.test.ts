import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATHS, type Path, type PathFigures } from '#contract/history.ts';
import type { Order } from '#contract/order.ts';
import { searchedFor } from '#contract/search-text.ts';
import type { CacheStore, FigureRow, HistoryDraft, HistoryLook, HistoryRow } from '#core/stores.ts';
import { anOrder } from '#test/support/an-order.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { openDatabase } from './open-database.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { isReconnect } from './sqlite-history.ts';

const came = (at: number, words = '', path: 'socket' | 'poll' = 'socket', delayMs = 5): HistoryRow => ({
  words,
  entry: {
    at,
    kind: 'change',
    orderId: 'a',
    orderNumber: '117',
    type: 'order_updated',
    path,
    delayMs,
    seq: at,
    status: 'pending',
    previousStatus: null,
    by: { role: 'integration', name: 'web' },
    reason: null,
  },
});
const went = (at: number): HistoryRow => ({
  words: 'offline',
  entry: { at, kind: 'link', state: 'offline', before: 'live', cause: 'no_network' },
});

/** The same figures without a database. */
function figuresOf(entries: readonly HistoryDraft[]): PathFigures {
  const of = (path: Path) => {
    const delays = entries
      .flatMap((entry) => (entry.kind === 'change' && entry.path === path ? [entry.delayMs] : []))
      .sort((a, b) => a - b);
    const medianMs = delays[Math.floor((delays.length - 1) / 2)] ?? null;
    return { count: delays.length, medianMs, maxMs: delays.at(-1) ?? null };
  };
  const [socket, poll, snapshot] = PATHS.map(of) as [
    ReturnType<typeof of>,
    ReturnType<typeof of>,
    ReturnType<typeof of>,
  ];
  return { since: entries[0]?.at ?? null, socket, poll, snapshot, reconnects: entries.filter(isReconnect).length };
}

let cache: CacheStore;
beforeEach(() => {
  cache = sqliteCache(openDatabase({ file: ':memory:', migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' }));
});
afterEach(() => cache.close());
const ids = (orders: { id: string }[]): string[] => orders.map(({ id }) => id);

it('starts with epoch null, cursor 0, hash null', () => {
  expect(cache.position()).toEqual({ epoch: null, cursor: 0, hash: null });
  expect(cache.open()).toEqual([]);
  expect(cache.note('store')).toBeNull();
});

it('returns whole orders as they were put, in any script', () => {
  const order = anOrder({ id: 'a', note: 'ครัว  «Кухня» 🥟' });
  cache.put(order);
  expect(cache.get('a')).toEqual(order);
  expect(cache.get('b')).toBeUndefined();
});

it('keeps one row per order, the last one put', () => {
  cache.put(anOrder({ id: 'a', version: 1 }));
  cache.put(anOrder({ id: 'a', version: 2, status: 'completed' }));
  expect(cache.get('a')?.version).toBe(2);
  expect(cache.open()).toEqual([]);
});

it('separates open orders from closed ones by the status table', () => {
  const statuses = ['pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const;
  for (const status of statuses) cache.put(anOrder({ id: status, status }));
  expect(ids(cache.open()).sort()).toEqual(['delivering', 'pending', 'preparing', 'ready']);
});

it('returns closed orders since a time, newest first, up to a limit', () => {
  for (const minute of [10, 30, 20, 50, 40])
    cache.put(anOrder({ id: `m${minute}`, status: 'completed', statusSince: `2026-11-21T10:${minute}:00.000Z` }));
  expect(ids(cache.closedSince('2026-11-21T10:20:00.000Z', 10))).toEqual(['m50', 'm40', 'm30', 'm20']);
  expect(ids(cache.closedSince('2026-11-21T10:20:00.000Z', 2))).toEqual(['m50', 'm40']);
});

it('finds orders by number, external id, name, phone and item, in any script, case and accent', () => {
  const customer = { ref: null, name: 'Нино Ёлкина', phone: '+995 (599) 12-34-56' };
  cache.put(anOrder({ id: 'a', number: 'A7', externalId: 'web-8812', customer }));
  const [item] = anOrder().items;
  if (!item) throw new Error('no item');
  cache.put(
    anOrder({
      id: 'b',
      number: '9',
      externalId: null,
      customer: null,
      items: [{ ...item, name: 'Crème brûlée أحمد ต้มยำ ხინკალი' }],
    }),
  );
  const find = (q: string) => ids(cache.search({ texts: searchedFor(q), before: null, limit: 9 }));
  for (const q of ['a7', '8812', 'НИНО', 'елкина', '(599)', '995599', '+995-59 91']) expect(find(q), q).toEqual(['a']);
  for (const q of ['creme', 'BRÛLÉE', 'احمد', 'ต้มยำ', 'ხინკ', 'ᲮᲘᲜᲙ']) expect(find(q), q).toEqual(['b']);
  for (const q of ['nobody', '%', '_', "' OR 1"]) expect(find(q), q).toEqual([]);
  cache.put(anOrder({ id: 'a', number: 'A8', customer: null }));
  expect(find('елкина')).toEqual([]);
  expect(find('a8')).toEqual(['a']);
  cache.remove('a');
  expect(find('a8')).toEqual([]);
  cache.clear();
  expect(find('')).toEqual([]);
});

it('pages through search results, newest first, each once', () => {
  for (const minute of [10, 30, 20, 40])
    for (const id of ['x', 'y'])
      cache.put(anOrder({ id: `${id}${minute}`, createdAt: `2026-11-21T10:${minute}:00.000Z` }));
  const found: string[] = [];
  for (let before: Order | null = null, more = true; more; ) {
    const page: Order[] = cache.search({ texts: [''], before, limit: 3 });
    found.push(...ids(page));
    before = page.at(-1) ?? null;
    more = page.length === 3;
  }
  expect(found).toEqual(['y40', 'x40', 'y30', 'x30', 'y20', 'x20', 'y10', 'x10']);
});

it('returns the history of one order, newest first', () => {
  const about = (at: number, orderId: string): HistoryRow => {
    const row = came(at);
    return row.entry.kind === 'change' ? { ...row, entry: { ...row.entry, orderId } } : row;
  };
  cache.addHistory([about(1, 'a'), about(2, 'b'), went(3), about(4, 'a'), about(5, 'a')]);
  expect(cache.historyOf('a', 2).map(({ at }) => at)).toEqual([5, 4]);
  expect(cache.historyOf('c', 9)).toEqual([]);
});

it('[S6] lists versions of open orders by the bytes of their ids', () => {
  for (const id of ['b', 'B', 'a1', 'a', '01']) cache.put(anOrder({ id, version: id.length }));
  cache.put(anOrder({ id: '0', status: 'cancelled' }));
  expect(cache.openVersions()).toEqual([
    { id: '01', version: 2 },
    { id: 'B', version: 1 },
    { id: 'a', version: 1 },
    { id: 'a1', version: 2 },
    { id: 'b', version: 1 },
  ]);
});

it('[S7] deletes closed orders that are too old, never open ones', () => {
  cache.put(anOrder({ id: 'old-open', updatedAt: '2026-01-01T00:00:00.000Z' }));
  cache.put(anOrder({ id: 'old', status: 'completed', updatedAt: '2026-01-01T00:00:00.000Z' }));
  cache.put(anOrder({ id: 'new', status: 'completed', updatedAt: '2026-11-20T00:00:00.000Z' }));
  expect(cache.forgetClosedBefore('2026-11-13T00:00:00.000Z')).toBe(1);
  expect(ids(['old-open', 'old', 'new'].flatMap((id) => cache.get(id) ?? []))).toEqual(['old-open', 'new']);
});

it('removes one order, and clears all but the notes', () => {
  for (const id of ['a', 'b', 'c']) cache.put(anOrder({ id }));
  cache.remove('a');
  cache.remove('never-there');
  expect(ids(cache.open()).sort()).toEqual(['b', 'c']);
  cache.setNote('clock', { wallOffset: -7_200_000 });
  cache.clear();
  expect(cache.open()).toEqual([]);
  expect(cache.note('clock')).toEqual({ wallOffset: -7_200_000 });
});

it('keeps an order as last seen until it is seen again, removed or cleared', () => {
  for (const id of ['a', 'b', 'c']) {
    cache.put(anOrder({ id, version: 2 }));
    cache.keepSeen(anOrder({ id, note: 'as it was' }));
  }
  cache.keepSeen(anOrder({ id: 'a', note: 'as it is' }));
  expect(cache.seen('a')?.note).toBe('as it is');
  expect(cache.get('a')?.note).toBeNull();
  cache.forgetSeen('a');
  cache.remove('b');
  expect(['a', 'b', 'c'].map((id) => cache.seen(id)?.id)).toEqual([undefined, undefined, 'c']);
  cache.clear();
  expect(cache.seen('c')).toBeUndefined();
});

it('lists closed orders that have a last seen state, which is deleted with them', () => {
  cache.put(anOrder({ id: 'open' }));
  cache.put(anOrder({ id: 'recent', status: 'cancelled' }));
  cache.put(anOrder({ id: 'old', status: 'cancelled', updatedAt: '2026-11-01T10:00:00.000Z' }));
  cache.put(anOrder({ id: 'seen', status: 'cancelled' }));
  for (const id of ['open', 'recent', 'old']) cache.keepSeen(anOrder({ id, status: 'preparing' }));
  expect(ids(cache.closedUnseen()).sort()).toEqual(['old', 'recent']);
  cache.forgetClosedBefore('2026-11-02T10:00:00.000Z');
  expect(ids(cache.closedUnseen())).toEqual(['recent']);
  expect(cache.seen('old')).toBeUndefined();
});

it('[S3] writes rows and position in one transaction, or neither', () => {
  cache.put(anOrder({ id: 'a' }));
  const broken = () =>
    cache.transaction(() => {
      cache.put(anOrder({ id: 'b' }));
      cache.remove('a');
      cache.setPosition({ epoch: 'e', cursor: 7, hash: 'h' });
      throw new Error('power');
    });
  expect(broken).toThrow('power');
  expect(cache.position()).toEqual({ epoch: null, cursor: 0, hash: null });
  expect(ids(cache.open())).toEqual(['a']);

  const value = cache.transaction(() =>
    cache.transaction(() => {
      cache.setPosition({ epoch: 'e', cursor: 7, hash: 'h' });
      return 'done';
    }),
  );
  expect(value).toBe('done');
  expect(cache.position()).toEqual({ epoch: 'e', cursor: 7, hash: 'h' });
});

it('lists every order with its version', () => {
  cache.put(anOrder({ id: 'a', version: 3 }));
  cache.put(anOrder({ id: 'b', version: 2, status: 'completed' }));
  expect(cache.versions().sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
    { id: 'a', version: 3 },
    { id: 'b', version: 2 },
  ]);
});

describe('the event history', () => {
  const all = { before: null, kinds: null, words: null, limit: 100, most: 100 };
  const add = (...rows: HistoryRow[]) => cache.addHistory(rows);
  const ats = (look: Partial<HistoryLook> = {}) => cache.history({ ...all, ...look }).entries.map(({ at }) => at);

  it('is empty at first, and then returns its entries, newest first', () => {
    expect(cache.history(all)).toEqual({ entries: [], nextBefore: null });
    add(came(1), went(2));
    add(came(3));
    const { entries, nextBefore } = cache.history(all);
    expect(entries.map(({ id, ...entry }) => entry)).toEqual([came(3).entry, went(2).entry, came(1).entry]);
    expect(nextBefore).toBeNull();
    expect(entries[0]?.id).toBeGreaterThan(entries[1]?.id ?? 0);
  });

  it('continues where a page ended, even if that page found nothing', () => {
    add(...[1, 2, 3, 4, 5].map((at) => came(at, at === 1 ? 'маша 117' : 'other')));
    const first = cache.history({ ...all, limit: 2 });
    expect(first.entries.map(({ at }) => at)).toEqual([5, 4]);
    expect(ats({ before: first.nextBefore })).toEqual([3, 2, 1]);
    const none = cache.history({ ...all, words: 'маша', most: 2 });
    expect(none.entries).toEqual([]);
    expect(ats({ words: 'маша', before: none.nextBefore })).toEqual([1]);
    expect(ats({ words: '%' })).toEqual([]);
  });

  it('filters by kind', () => {
    add(came(1), went(2), came(3));
    expect(ats({ kinds: ['link'] })).toEqual([2]);
    expect(ats({ kinds: ['link', 'change'] })).toEqual([3, 2, 1]);
    expect(ats({ kinds: [] })).toEqual([]);
  });

  it('counts changes by path and delay, and reconnects', () => {
    expect(cache.historyFigures()).toEqual(figuresOf([]));
    const rows = [came(1), came(2, '', 'socket', 40), came(3, '', 'socket', 10), came(4, '', 'poll', 30_000), went(5)];
    const back = { ...went(6).entry, state: 'live', before: 'offline' } as const;
    const first = { ...back, at: 7, before: 'unknown' } as const;
    add(...rows, { entry: back, words: '' }, { entry: first, words: '' });
    const figures = cache.historyFigures();
    expect(figures).toEqual(figuresOf([...rows.map(({ entry }) => entry), back, first]));
    expect(figures).toMatchObject({ since: 1, reconnects: 1, poll: { count: 1, medianMs: 30_000, maxMs: 30_000 } });
    expect(figures).toMatchObject({ socket: { count: 3, medianMs: 10, maxMs: 40 }, snapshot: { medianMs: null } });
  });

  it('is pruned by age and by number, and survives a snapshot', () => {
    for (const at of [1, 2, 3, 4, 5]) add(came(at));
    cache.clear();
    cache.pruneHistory(2, 100);
    expect(ats()).toEqual([5, 4, 3, 2]);
    cache.pruneHistory(0, 3);
    expect(ats()).toEqual([5, 4, 3]);
    cache.pruneHistory(99, 100);
    expect(ats()).toEqual([]);
    add(came(6));
    cache.clearHistory();
    expect(ats()).toEqual([]);
  });

  it('is written in the transaction of its changes, or not at all', () => {
    add(came(1));
    const broken = () =>
      cache.transaction(() => {
        add(came(2));
        cache.setPosition({ epoch: 'e', cursor: 7, hash: 'h' });
        throw new Error('power');
      });
    expect(broken).toThrow('power');
    expect(ats()).toEqual([1]);
  });
});

describe('the figures’ rows', () => {
  const row = (orderId: string, change: Partial<FigureRow> = {}): FigureRow => {
    const { status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt } = anOrder();
    const facts = { status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt };
    return { orderId, ...facts, startedAt: null, readyAt: null, recalls: 0, ...change };
  };
  const keep = (...rows: FigureRow[]): void => {
    for (const one of rows) {
      cache.put(anOrder({ id: one.orderId, status: 'completed', updatedAt: one.createdAt }));
      cache.keepFigureRow(one);
    }
  };
  const at = (hour: number): string => `2026-11-21T${hour}:00:00.000Z`;
  const kept = (): string[] =>
    cache
      .figureRows('', '9', 'GEL')
      .map(({ orderId }) => orderId)
      .sort();

  it('returns the last one stored, whole', () => {
    keep(row('a'));
    const last = row('a', { startedAt: at(10), readyAt: at(11), dueAt: at(12), recalls: 2, totalMinor: 7 });
    keep(last);
    expect(cache.figureRow('a')).toEqual(last);
    expect(cache.figureRow('b')).toBeUndefined();
    expect(cache.figureRows(at(10), at(11), 'GEL')).toEqual([last]);
  });

  it('finds rows by creation time: from the start, up to but not including the end', () => {
    keep(...[10, 11, 12].map((hour) => row(String(hour), { createdAt: at(hour) })));
    expect(cache.figureRows(at(10), at(12), 'GEL').map(({ orderId }) => orderId)).toEqual(['10', '11']);
    expect(cache.figureRows(at(12), at(13), 'GEL').map(({ orderId }) => orderId)).toEqual(['12']);
  });

  it('keeps a row when its order changes, and deletes it with the order', () => {
    keep(row('a'), row('b', { createdAt: at(12) }), row('c', { createdAt: at(12) }));
    cache.put(anOrder({ id: 'b', version: 2 }));
    expect(kept()).toEqual(['a', 'b', 'c']);
    cache.forgetClosedBefore(at(11));
    expect(kept()).toEqual(['b', 'c']);
    cache.remove('b');
    expect(kept()).toEqual(['c']);
    cache.clear();
    expect(kept()).toEqual([]);
  });
});

it('can be closed twice, and then throws a StorageError', () => {
  cache.close();
  cache.close();
  expect(() => cache.position()).toThrow(expect.objectContaining({ fault: 'failed' }));
});
