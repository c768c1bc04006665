import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailedCommand } from '#contract/failed-command.ts';
import { type CommandRow, FRESH_IDENTITY, type QueueStore } from '#core/stores.ts';
import { anOrder } from '#test/support/an-order.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteQueue } from './sqlite-queue.ts';

const row = (n: number, over: Partial<CommandRow> = {}): Omit<CommandRow, 'id'> => ({
  commandId: `command-${n}`,
  orderId: 'order',
  intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer: null,
  ...over,
});
const answer = (seq: number, epoch = 'e1', at = 1_000) => ({ outcome: 'applied' as const, seq, epoch, at });
const failedCommand = (id: string, at: number): FailedCommand => ({
  id,
  orderId: 'order',
  orderNumber: '117',
  commandType: 'set_status',
  payload: { from: 'pending', to: 'preparing' },
  code: 'order_cancelled',
  message: 'The order was cancelled.',
  issuedAt: 1,
  at,
  order: anOrder(),
});

describe('sqliteQueue', () => {
  let queue: QueueStore;
  beforeEach(() => {
    queue = sqliteQueue(openDatabase({ file: ':memory:', migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' }));
  });
  afterEach(() => queue.close());

  it('starts empty, with no identity', () => {
    expect(queue.identity()).toEqual(FRESH_IDENTITY);
    expect(queue.unsettled(null, 0)).toEqual([]);
    expect(queue.failedCommands()).toEqual([]);
    expect(queue.settings()).toBeNull();
  });

  it('[C1] returns rows in the order of the taps', () => {
    const first = queue.insert(row(2));
    const second = queue.insert(row(1, { intent: { type: 'acknowledge', payload: {} } }));
    expect(queue.unsettled(null, 0)).toEqual([first, second]);
    expect(second).toEqual({ ...row(1, { intent: { type: 'acknowledge', payload: {} } }), id: second.id });
  });

  it('[C2] rejects a repeated command id', () => {
    queue.insert(row(1));
    expect(() => queue.insert(row(1, { orderId: 'other' }))).toThrow();
  });

  it('[S5] lists as unsettled the unanswered rows and those answered beyond the cursor of the same epoch', () => {
    const queued = queue.insert(row(1));
    queue.insert(row(2, { answer: answer(10) }));
    const ahead = queue.insert(row(3, { answer: answer(12) }));
    queue.insert(row(4, { answer: answer(99, 'e0') }));
    expect(queue.unsettled('e1', 10)).toEqual([queued, ahead]);
    expect(queue.unsettled(null, 0)).toEqual([queued]);
  });

  it('[C1] returns the previous row, answered or not, and skips a removed one', () => {
    const [a, b, c] = [queue.insert(row(1, { answer: answer(1) })), queue.insert(row(2)), queue.insert(row(3))];
    expect(queue.predecessor(a.id)).toBeUndefined();
    expect(queue.predecessor(b.id)).toMatchObject({ commandId: 'command-1', answer: answer(1) });
    expect(queue.predecessor(c.id)).toMatchObject({ commandId: 'command-2', answer: null });
    queue.remove(b.id);
    expect(queue.predecessor(c.id)).toMatchObject({ commandId: 'command-1' });
  });

  it('[C3] stores an answer and removes it again', () => {
    const inserted = queue.insert(row(1));
    queue.setAnswer(inserted.id, answer(3));
    expect(queue.unsettled('e1', 2)).toEqual([{ ...inserted, answer: answer(3) }]);
    expect(queue.unsettled(null, 0)).toEqual([]);
    queue.setAnswer(inserted.id, null);
    expect(queue.unsettled(null, 0)).toEqual([inserted]);
  });

  it('[C3] lists answered rows, newest tap first, since a time and before a row', () => {
    const rows = [500, 2_000, null, 1_500, 3_000].map((at, i) =>
      queue.insert(row(i, at === null ? {} : { answer: answer(i, 'e1', at) })),
    );
    const listed = (before: number, limit: number) =>
      queue.answered({ since: 1_000, before, limit }).map(({ commandId }) => commandId);
    expect(listed(Number.MAX_SAFE_INTEGER, 9)).toEqual(['command-4', 'command-3', 'command-1']);
    expect(listed(rows[4]?.id ?? 0, 1)).toEqual(['command-3']);
  });

  it('forgets old answered rows, never unanswered ones', () => {
    queue.insert(row(1, { answer: answer(1, 'e1', 500) }));
    queue.insert(row(2, { answer: answer(2, 'e1', 1_500) }));
    const queued = queue.insert(row(3));
    const answered = () => queue.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 9 });
    queue.forgetAnsweredBefore(1_000);
    expect(answered().map(({ commandId }) => commandId)).toEqual(['command-2']);
    queue.forgetAnsweredBefore(Number.POSITIVE_INFINITY);
    expect(answered()).toEqual([]);
    expect(queue.unsettled(null, 0)).toEqual([queued]);
  });

  it('[C4] keeps failed commands, oldest first, until they are dismissed', () => {
    queue.addFailedCommand(failedCommand('b', 20));
    queue.addFailedCommand(failedCommand('a', 10));
    queue.addFailedCommand({ ...failedCommand('a', 10), message: 'again' });
    expect(queue.failedCommands()).toEqual([failedCommand('a', 10), failedCommand('b', 20)]);
    expect(queue.removeFailedCommand('a')).toBe(true);
    expect(queue.removeFailedCommand('a')).toBe(false);
    expect(queue.failedCommands()).toEqual([failedCommand('b', 20)]);
  });

  it('[A2] claims an alert once per order, in the order given', () => {
    expect(queue.claimAlerts(['b', 'a'], 10)).toEqual(['b', 'a']);
    expect(queue.claimAlerts(['a', 'c', 'b'], 20)).toEqual(['c']);
    expect(queue.claimAlerts([], 30)).toEqual([]);
  });

  it('[A2] forgets old claims except those of the named orders', () => {
    queue.claimAlerts(['old', 'rings'], 10);
    queue.claimAlerts(['new'], 20);
    queue.forgetAlertsBefore(20, ['rings']);
    expect(queue.claimAlerts(['old', 'rings', 'new'], 30)).toEqual(['old']);
  });

  it('keeps notes by name, separate from the settings', () => {
    expect(queue.note('pin')).toBeNull();
    queue.setNote('pin', { hash: 'x' });
    queue.setNote('pin', { hash: 'y' });
    queue.setNote('day_end', null);
    expect(queue.note('pin')).toEqual({ hash: 'y' });
    expect(queue.note('day_end')).toBeNull();
    expect(queue.settings()).toBeNull();
  });

  it('keeps the identity and the settings', () => {
    queue.setIdentity({ tokenHash: 'ab', deviceId: null, deviceName: null });
    const identity = { tokenHash: 'ab', deviceId: 'd1', deviceName: 'Küche' };
    queue.setIdentity(identity);
    expect(queue.identity()).toEqual(identity);
    queue.setSettings({ volume: 0.5 });
    queue.setSettings({ volume: 0.7 });
    expect(queue.settings()).toEqual({ volume: 0.7 });
  });

  it('rolls a failed transaction back', () => {
    const broken = () =>
      queue.transaction(() => {
        queue.insert(row(1));
        queue.setIdentity({ ...FRESH_IDENTITY, tokenHash: 'ab' });
        queue.addFailedCommand(failedCommand('a', 1));
        queue.claimAlerts(['a'], 1);
        throw new Error('power');
      });
    expect(broken).toThrow('power');
    expect(queue.unsettled(null, 0)).toEqual([]);
    expect(queue.identity()).toEqual(FRESH_IDENTITY);
    expect(queue.failedCommands()).toEqual([]);
    expect(queue.claimAlerts(['a'], 1)).toEqual(['a']);
  });

  it('can be closed twice, and then throws a StorageError', () => {
    queue.close();
    queue.close();
    expect(() => queue.identity()).toThrow(expect.objectContaining({ fault: 'failed' }));
  });
});
