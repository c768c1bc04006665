import { beforeEach, describe, expect, it } from 'vitest';
import { openDigest } from '#contract/open-digest.ts';
import type { Beat, Change, Changes, Snapshot } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createMarks } from '../board/marks.ts';
import { createCachedFacts } from '../cached-facts.ts';
import { createHistory } from '../history/history.ts';
import { memoryCache } from '../testing/memory-storage.ts';
import { createSyncEngine, type SyncEngine } from './sync-engine.ts';

const AT = '2026-11-21T10:00:00.000Z';
const BY = { role: 'integration', id: 'i', name: 'web' } as const;
const change = (seq: number, orderId: string, order?: Change['order']): Change => ({
  seq,
  type: 'order_updated',
  orderId,
  at: AT,
  by: BY,
  ...(order === undefined ? {} : { order }),
});
const put = (seq: number, id: string): Change => change(seq, id, anOrder({ id, version: seq, seq }));
const batch = (from: number, changes: Change[], over: Partial<Changes> = {}): Changes => {
  const to = from + changes.length;
  return { epoch: 'e', from, to, hash: `h${to}`, head: to, changes, ...over };
};
const beat = (head: number, over: Partial<Beat> = {}): Beat => ({ epoch: 'e', head, serverTime: AT, ...over });
const snapshot = (seq: number, ids: string[], over: Partial<Snapshot> = {}): Snapshot => ({
  epoch: 'e',
  seq,
  hash: `h${seq}`,
  orders: ids.map((id) => anOrder({ id })),
  serverTime: AT,
  ...over,
});

let cache: ReturnType<typeof memoryCache>;
let engine: SyncEngine;
let events: string[];
beforeEach(() => {
  cache = memoryCache();
  cache.store.setPosition({ epoch: 'e', cursor: 10, hash: 'h10' });
  events = [];
  engine = createSyncEngine({
    cache: cache.store,
    sha256,
    history: createHistory({ cache: cache.store, now: () => 0, orderNumber: () => null, onDisk: (run) => run() }),
    facts: createCachedFacts(cache.store),
    marks: createMarks({ cache: cache.store, tapped: () => false, onBoard: cache.store.get }),
    onChanges: ({ changes }, ids) => events.push(`${changes.map(({ seq }) => seq)}: ${[...ids]}`),
    onReplaced: () => events.push('replaced'),
  });
});
const take = (changes: Changes) => engine.takeChanges(changes, 'socket');
const versions = () => Object.fromEntries(cache.store.open().map(({ id, version }) => [id, version]));

describe('[S3] a batch', () => {
  it('that continues from the cursor is applied: rows, cursor and hash together', () => {
    expect(take(batch(10, [put(11, 'a'), put(12, 'b')]))).toBe('applied');
    expect(cache.store.position()).toEqual({ epoch: 'e', cursor: 12, hash: 'h12' });
    expect(engine.position()).toEqual(cache.store.position());
    expect(versions()).toEqual({ a: 11, b: 12 });
    expect(events).toEqual(['11,12: a,b']);
  });

  it('that is already known is ignored, however often', () => {
    take(batch(10, [put(11, 'a')]));
    for (const known of [batch(10, [put(11, 'a')]), batch(5, [put(6, 'x')]), batch(11, [])])
      expect(take(known)).toBe('ignored');
    expect(events).toHaveLength(1);
  });

  it('that overlaps adds only the new changes', () => {
    take(batch(10, [put(11, 'a')]));
    expect(take(batch(9, [put(10, 'x'), put(11, 'a'), put(12, 'b')]))).toBe('applied');
    expect(versions()).toEqual({ a: 11, b: 12 });
  });

  it('with a gap before it, or of another epoch, is not applied', () => {
    expect(take(batch(11, [put(12, 'a')]))).toBe('gap');
    expect(take(batch(10, [put(11, 'a')], { epoch: 'other' }))).toBe('gap');
    expect(engine.position().cursor).toBe(10);
    expect(versions()).toEqual({});
  });

  it('removes deleted orders, and waits for the change that carries the order', () => {
    take(batch(10, [put(11, 'a'), put(12, 'b')]));
    take(batch(12, [change(13, 'a', null), change(14, 'b'), put(15, 'b')]));
    expect(versions()).toEqual({ b: 15 });
  });

  it('changes nothing if the disk write fails', () => {
    cache.disk.failWrites('full');
    expect(() => take(batch(10, [put(11, 'a')]))).toThrow(expect.objectContaining({ fault: 'full' }));
    cache.disk.failWrites(null);
    expect(engine.position().cursor).toBe(10);
    expect(versions()).toEqual({});
    expect(take(batch(10, [put(11, 'a')]))).toBe('applied');
  });
});

describe('[L1] at the head', () => {
  it.each([
    ['unknown head', () => {}, false],
    ['same head number, same epoch', () => engine.setHead('e', 10), true],
    ['same head number, other epoch', () => engine.setHead('f', 10), false],
    ['head further on', () => engine.setHead('e', 11), false],
    ['head behind, as on a restored server', () => engine.setHead('e', 9), false],
    ['a beat at the cursor', () => engine.takeBeat(beat(10)), true],
    ['a batch that is not the last', () => take(batch(10, [put(11, 'a')], { head: 12 })), false],
    ['a batch that is', () => take(batch(10, [put(11, 'a')])), true],
  ])('%s', (_, arrive, atHead) => {
    arrive();
    expect(engine.atHead()).toBe(atHead);
  });

  it('is never the position to start over from, whatever the head’s number, until the cursor moves', () => {
    engine.setHead('e', 10);
    engine.invalidate(engine.position());
    expect(engine.atHead()).toBe(false);
    engine.takeBeat(beat(10));
    expect(engine.atHead()).toBe(false);
    engine.takeSnapshot(snapshot(10, ['a'], { hash: 'other' }), engine.position(), 'hash');
    expect(engine.atHead()).toBe(true);
  });
});

describe('[S3] two consecutive beats', () => {
  it('that show a head beyond the cursor cause a hello; one does not', () => {
    expect([engine.takeBeat(beat(11)), engine.takeBeat(beat(11))]).toEqual(['fine', 'hello']);
  });
  it('cause no hello if a batch came between them, or the cursor was at the head between them', () => {
    engine.takeBeat(beat(12));
    take(batch(10, [put(11, 'a')], { head: 12 }));
    expect(engine.takeBeat(beat(12))).toBe('fine');
    take(batch(11, [put(12, 'b')]));
    expect(engine.takeBeat(beat(12))).toBe('fine');
    expect(engine.takeBeat(beat(13))).toBe('fine');
  });
  it('that show a head behind the cursor also cause a hello: the server was restored', () => {
    expect([engine.takeBeat(beat(9)), engine.takeBeat(beat(9))]).toEqual(['fine', 'hello']);
  });
  it('are not needed for a hello if the epoch differs', () => {
    expect(engine.takeBeat(beat(10, { epoch: 'f' }))).toBe('hello');
  });
});

describe('[S4] a snapshot', () => {
  it('replaces everything at the position to start over from, whatever its number', () => {
    cache.store.put(anOrder({ id: 'old' }));
    expect(engine.takeSnapshot(snapshot(7, ['a']), { epoch: 'e', cursor: 10, hash: 'h10' }, 'epoch')).toBe(true);
    expect(Object.keys(versions())).toEqual(['a']);
    expect(cache.store.position()).toEqual({ epoch: 'e', cursor: 7, hash: 'h7' });
    expect(events).toEqual(['replaced']);
  });
  it.each([
    { epoch: 'e', cursor: 9, hash: 'h9' },
    { epoch: 'e', cursor: 10, hash: 'other' },
    { epoch: 'f', cursor: 10, hash: 'h10' },
    { epoch: null, cursor: 0, hash: null },
  ])('is ignored when the cursor has moved from %o', (from) => {
    cache.store.put(anOrder({ id: 'old' }));
    expect(engine.takeSnapshot(snapshot(12, ['a']), from, 'epoch')).toBe(false);
    expect(Object.keys(versions())).toEqual(['old']);
  });
});

describe('[S6] the digest', () => {
  it('is the first eight bytes of SHA-256 over the open orders, by the bytes of their ids', () => {
    cache.store.put(anOrder({ id: 'b', version: 2 }));
    cache.store.put(anOrder({ id: 'a', version: 1 }));
    cache.store.put(anOrder({ id: 'c', version: 9, status: 'completed' }));
    expect(openDigest(cache.store.openVersions(), sha256)).toBe(sha256('a:1\nb:2\n').slice(0, 16));
  });
  it('is compared only at the same cursor', () => {
    expect(engine.takeBeat(beat(11, { digest: 'nonsense' }))).toBe('fine');
    expect(engine.takeBeat(beat(10, { digest: sha256('').slice(0, 16) }))).toBe('fine');
    expect(engine.takeBeat(beat(10, { digest: 'nonsense' }))).toBe('diverged');
  });
});
