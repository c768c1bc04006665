import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CacheStore } from '#core/stores.ts';
import { anOrder } from '../support/an-order.ts';

/** What every {@link CacheStore} must do. `open` makes an empty one. */
export function cacheStoreSuite(name: string, open: () => CacheStore): void {
  describe(`${name} is a cache`, () => {
    let cache: CacheStore;
    beforeEach(() => {
      cache = open();
    });
    afterEach(() => cache.close());
    const ids = (orders: { id: string }[]): string[] => orders.map(({ id }) => id);

    it('knows nothing at first: epoch null, cursor 0, hash null', () => {
      expect(cache.position()).toEqual({ epoch: null, cursor: 0, hash: null });
      expect(cache.open()).toEqual([]);
      expect(cache.note('store')).toBeNull();
    });

    it('gives back what was put, whole, in any script', () => {
      const order = anOrder({ id: 'a', note: 'ครัว  «Кухня» 🥟' });
      cache.put(order);
      expect(cache.get('a')).toEqual(order);
      expect(cache.get('b')).toBeUndefined();
    });

    it('keeps one row per order, the last that was put', () => {
      cache.put(anOrder({ id: 'a', version: 1 }));
      cache.put(anOrder({ id: 'a', version: 2, status: 'completed' }));
      expect(cache.get('a')?.version).toBe(2);
      expect(cache.open()).toEqual([]);
    });

    it('tells open orders from closed ones by the status table', () => {
      const statuses = ['pending', 'preparing', 'ready', 'delivering', 'completed', 'rejected', 'cancelled'] as const;
      for (const status of statuses) cache.put(anOrder({ id: status, status }));
      expect(ids(cache.open()).sort()).toEqual(['delivering', 'pending', 'preparing', 'ready']);
    });

    it('gives closed orders newest first, from a moment on, at most so many', () => {
      for (const minute of [10, 30, 20, 50, 40])
        cache.put(anOrder({ id: `m${minute}`, status: 'completed', statusSince: `2026-11-21T10:${minute}:00.000Z` }));
      expect(ids(cache.closedSince('2026-11-21T10:20:00.000Z', 10))).toEqual(['m50', 'm40', 'm30', 'm20']);
      expect(ids(cache.closedSince('2026-11-21T10:20:00.000Z', 2))).toEqual(['m50', 'm40']);
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

    it('[S7] forgets closed orders that are too old, and never an open one', () => {
      cache.put(anOrder({ id: 'old-open', updatedAt: '2026-01-01T00:00:00.000Z' }));
      cache.put(anOrder({ id: 'old', status: 'completed', updatedAt: '2026-01-01T00:00:00.000Z' }));
      cache.put(anOrder({ id: 'new', status: 'completed', updatedAt: '2026-11-20T00:00:00.000Z' }));
      expect(cache.forgetClosedBefore('2026-11-13T00:00:00.000Z')).toBe(1);
      expect(ids(['old-open', 'old', 'new'].flatMap((id) => cache.get(id) ?? []))).toEqual(['old-open', 'new']);
    });

    it('removes one, and clears all but the notes', () => {
      for (const id of ['a', 'b', 'c']) cache.put(anOrder({ id }));
      cache.remove('a');
      cache.remove('never-there');
      expect(ids(cache.open()).sort()).toEqual(['b', 'c']);
      cache.setNote('clock', { wallOffset: -7_200_000 });
      cache.clear();
      expect(cache.open()).toEqual([]);
      expect(cache.note('clock')).toEqual({ wallOffset: -7_200_000 });
    });

    it('[S3] moves rows and position in one transaction, or neither', () => {
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

    it('can be closed twice, and then throws a StorageError', () => {
      cache.close();
      cache.close();
      expect(() => cache.position()).toThrow(expect.objectContaining({ fault: 'failed' }));
    });
  });
}
