import { describe, expect, it } from 'vitest';
import type { Change } from '#contract/sync.ts';
import { type LogEntry, logEntry } from './entry.ts';
import { createRecentChanges, type RecentChanges, type RecentLimits } from './recent-changes.ts';

const limits: RecentLimits = { stores: 2, changes: 4, bytes: 1_000_000 };
const entry = (seq: number, { epoch = 'e', size = 1, storeId = 'main' } = {}): LogEntry =>
  logEntry({ storeId, epoch }, { seq, orderId: 'o' } as Change, `h${seq}`, '"'.padEnd(size, 'x'));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const following = (recent: RecentChanges, cursor: number, over = {}) =>
  recent.after('main', { epoch: 'e', cursor, hash: `h${cursor}`, ...over })?.map(({ change }) => change.seq) ?? null;

describe('the newest changes', () => {
  it('are those after a cached change, and nothing if there are none after it', () => {
    const recent = createRecentChanges(limits);
    recent.append('main', range(5, 8));
    expect(following(recent, 5)).toEqual([6, 7, 8]);
    expect(following(recent, 7)).toEqual([8]);
    for (const cursor of [0, 4, 8, 9]) expect(following(recent, cursor)).toBeNull();
    expect(recent.after('other', { epoch: 'e', cursor: 5, hash: 'h5' })).toBeNull();
  });

  it('are not served for another epoch or another history', () => {
    const recent = createRecentChanges(limits);
    recent.append('main', range(1, 3));
    expect(following(recent, 1, { epoch: 'f' })).toBeNull();
    expect(following(recent, 1, { hash: 'other' })).toBeNull();
  });

  it('restart if another process committed in between, or the epoch differs', () => {
    const recent = createRecentChanges(limits);
    recent.append('main', range(1, 3));
    recent.append('main', range(5, 7));
    expect([following(recent, 3), following(recent, 5)]).toEqual([null, [6, 7]]);
    recent.append('main', [entry(8, { epoch: 'f' }), entry(9, { epoch: 'f' })]);
    expect([following(recent, 6), following(recent, 8, { epoch: 'f' })]).toEqual([null, [9]]);
  });

  it('are kept within the limits of changes, bytes and stores', () => {
    const recent = createRecentChanges({ ...limits, bytes: 2_000 });
    for (let seq = 1; seq <= 20; seq++) recent.append('main', [entry(seq)]);
    expect([following(recent, 12), following(recent, 17)]).toEqual([null, [18, 19, 20]]);
    for (let seq = 21; seq <= 24; seq++) recent.append('main', [entry(seq, { size: 900 })]);
    expect([following(recent, 21), following(recent, 23)]).toEqual([null, [24]]);
    for (const storeId of ['second', 'third']) recent.append(storeId, [entry(1, { storeId })]);
    expect(following(recent, 23)).toBeNull();
  });

  it('are forgotten on request', () => {
    const recent = createRecentChanges(limits);
    recent.append('main', range(1, 3));
    recent.forget('main');
    expect(following(recent, 1)).toBeNull();
  });
});
