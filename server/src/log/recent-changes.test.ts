import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { makeShop, type Shop } from '../testing/shop.ts';
import { MORNING, sqliteService } from '../testing/temp-service.ts';
import type { LogEntry } from './entry.ts';
import { createRecentChanges } from './recent-changes.ts';

describe('recent changes in memory', () => {
  let close: () => Promise<void>;
  let recent: (limits: { stores: number; changes: number; bytes: number }) => ReturnType<typeof createRecentChanges>;
  let shop: Shop;
  let queries: number;

  beforeEach(async () => {
    const temp = await sqliteService();
    shop = await makeShop(temp.service);
    for (let i = 0; i < 3; i++) await shop.place();
    await makeShop(temp.service, 'other');
    await temp.service.close();
    const database = await openDatabase(`file:${temp.file}`, { now: MORNING, onFault: () => {} });
    queries = 0;
    const counted = database.db.withPlugin({
      transformQuery: ({ node }) => {
        queries++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    recent = (limits) => createRecentChanges(counted, limits);
    close = async () => {
      await database.close();
      await temp.dispose();
    };
  });
  afterEach(() => close());

  const next = (seq: number, bytes = 100): LogEntry =>
    ({ storeId: 'main', hash: `h${seq}`, bytes, bareBytes: 10, change: { seq } }) as LogEntry;
  const seqs = ({ entries }: { entries: readonly LogEntry[] }) => entries.map(({ change }) => change.seq);

  it('begin with what is on disk and go on with what is committed', async () => {
    const kept = recent({ stores: 9, changes: 100, bytes: 1e6 });
    expect(await kept.tailOf('main')).toMatchObject({ head: 3, minSeq: 1 });
    kept.append('main', [next(4), next(5)]);
    expect(seqs(await kept.tailOf('main'))).toEqual([1, 2, 3, 4, 5]);
    expect(await kept.tailOf('main')).toMatchObject({ head: 5, headHash: 'h5' });
  });

  it('keep to their number and bytes, cut at the old end', async () => {
    const few = recent({ stores: 9, changes: 4, bytes: 1e6 });
    expect(seqs(await few.tailOf('main'))).toEqual([1, 2, 3]);
    for (let seq = 4; seq < 60; seq++) {
      few.append('main', [next(seq)]);
      const all = seqs(await few.tailOf('main'));
      expect(all.length).toBeLessThanOrEqual(5);
      expect(all.at(-1)).toBe(seq);
    }
    const small = recent({ stores: 9, changes: 100, bytes: 500 });
    await small.tailOf('main');
    small.append('main', [next(4, 400), next(5, 400)]);
    expect(seqs(await small.tailOf('main'))).toEqual([5]);
    small.append('main', [next(6, 4_000)]);
    expect(await small.tailOf('main')).toMatchObject({ head: 6, entries: [] });
  });

  it('after a gap are read from disk again rather than believed', async () => {
    const kept = recent({ stores: 9, changes: 100, bytes: 1e6 });
    await kept.tailOf('main');
    kept.append('main', [next(7)]);
    expect(await kept.tailOf('main')).toMatchObject({ head: 3 });
  });

  it('read while something was committed are read once more', async () => {
    const limits = { stores: 9, changes: 100, bytes: 1e6 };
    const quiet = recent(limits);
    await quiet.tailOf('main');
    const once = queries;
    const busy = recent(limits);
    const reading = busy.tailOf('main');
    busy.append('main', [next(4)]);
    expect(await reading).toMatchObject({ head: 3 });
    expect(queries - once).toBe(2 * once);
  });

  it('are kept for the stores used last', async () => {
    const kept = recent({ stores: 1, changes: 100, bytes: 1e6 });
    await kept.tailOf('main');
    kept.append('main', [next(4)]);
    expect(await kept.tailOf('other')).toMatchObject({ head: 0 });
    expect(await kept.tailOf('main')).toMatchObject({ head: 3 });
  });
});
