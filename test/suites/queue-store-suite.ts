import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailedCommand } from '#contract/failed-command.ts';
import { type CommandRow, FRESH_IDENTITY, type QueueStore } from '#core/stores.ts';
import { anOrder } from '../support/an-order.ts';

const row = (n: number, over: Partial<CommandRow> = {}): Omit<CommandRow, 'id'> => ({
  generation: 1,
  n,
  commandId: `command-${over.generation ?? 1}-${n}`,
  orderId: 'order',
  intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer: null,
  ...over,
});
const answer = (seq: number, epoch = 'e1', at = 1_000) => ({ outcome: 'applied' as const, seq, epoch, at });
const failedCommands = (id: string, at: number): FailedCommand => ({
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

/** What every {@link QueueStore} must do. `open` makes an empty one. */
export function queueStoreSuite(name: string, open: () => QueueStore): void {
  describe(`${name} is a queue`, () => {
    let queue: QueueStore;
    beforeEach(() => {
      queue = open();
    });
    afterEach(() => queue.close());

    it('is fresh at first: number 1, numbers still to be set after the server’s', () => {
      expect(queue.identity()).toEqual(FRESH_IDENTITY);
      expect(queue.unsettled(null, 0)).toEqual([]);
      expect(queue.failedCommands()).toEqual([]);
      expect(queue.settings()).toBeNull();
    });

    it('[C1] gives back what was put in, in the order of the taps', () => {
      const first = queue.insert(row(2));
      const second = queue.insert(row(1, { intent: { type: 'acknowledge', payload: {} } }));
      expect(queue.unsettled(null, 0)).toEqual([first, second]);
      expect(second).toEqual({ ...row(1, { intent: { type: 'acknowledge', payload: {} } }), id: second.id });
    });

    it('[C2] has no number twice in one numbering, and no command id twice at all', () => {
      queue.insert(row(1));
      expect(() => queue.insert(row(1, { commandId: 'other' }))).toThrow();
      expect(() => queue.insert(row(2, { commandId: 'command-1-1' }))).toThrow();
      expect(() => queue.insert(row(1, { generation: 2 }))).not.toThrow();
    });

    it('[S5] calls unsettled what is unanswered, and what is answered beyond the cursor of the same epoch', () => {
      const queued = queue.insert(row(1));
      queue.insert(row(2, { answer: answer(10) }));
      const ahead = queue.insert(row(3, { answer: answer(12) }));
      queue.insert(row(4, { answer: answer(99, 'e0') }));
      expect(queue.unsettled('e1', 10)).toEqual([queued, ahead]);
      expect(queue.unsettled(null, 0)).toEqual([queued]);
    });

    it('[C3] lists a numbering from a number on, answered or not', () => {
      for (const n of [3, 1, 2]) queue.insert(row(n, n === 2 ? { answer: answer(5) } : {}));
      queue.insert(row(9, { generation: 2 }));
      expect(queue.numbered(1, 1).map(({ n }) => n)).toEqual([2, 3]);
    });

    it('updates a row whole: number, id, intent and answer', () => {
      const inserted = queue.insert(row(1));
      const updated: CommandRow = {
        ...inserted,
        generation: 2,
        n: 41,
        commandId: 'fresh',
        intent: { type: 'void', payload: {} },
        answer: { outcome: 'rejected', seq: 3, epoch: 'e2', at: 77 },
      };
      queue.update(updated);
      expect(queue.numbered(2, 0)).toEqual([updated]);
      expect(queue.unsettled(null, 0)).toEqual([]);
    });

    it('forgets what was answered long ago, and never what is queued', () => {
      queue.insert(row(1, { answer: answer(1, 'e1', 500) }));
      queue.insert(row(2, { answer: answer(2, 'e1', 1_500) }));
      queue.insert(row(3));
      queue.forgetAnsweredBefore(1_000);
      expect(queue.numbered(1, 0).map(({ n }) => n)).toEqual([2, 3]);
    });

    it('[C4] keeps what needs a person, once each, oldest first, until it is dismissed', () => {
      queue.addFailedCommand(failedCommands('b', 20));
      queue.addFailedCommand(failedCommands('a', 10));
      queue.addFailedCommand({ ...failedCommands('a', 10), message: 'again' });
      expect(queue.failedCommands()).toEqual([failedCommands('a', 10), failedCommands('b', 20)]);
      expect(queue.removeFailedCommand('a')).toBe(true);
      expect(queue.removeFailedCommand('a')).toBe(false);
      expect(queue.failedCommands()).toEqual([failedCommands('b', 20)]);
    });

    it('[A2] gives each order once to be told of, in the order asked', () => {
      expect(queue.claimAlerts(['b', 'a'], 10)).toEqual(['b', 'a']);
      expect(queue.claimAlerts(['a', 'c', 'b'], 20)).toEqual(['c']);
      expect(queue.claimAlerts([], 30)).toEqual([]);
    });

    it('[A2] forgets what was told long ago, but not of the orders that are named', () => {
      queue.claimAlerts(['old', 'rings'], 10);
      queue.claimAlerts(['new'], 20);
      queue.forgetAlertsBefore(20, ['rings']);
      expect(queue.claimAlerts(['old', 'rings', 'new'], 30)).toEqual(['old']);
    });

    it('keeps notes apart from the settings, each under its own name', () => {
      expect(queue.note('pin')).toBeNull();
      queue.setNote('pin', { hash: 'x' });
      queue.setNote('pin', { hash: 'y' });
      queue.setNote('day_end', null);
      expect(queue.note('pin')).toEqual({ hash: 'y' });
      expect(queue.note('day_end')).toBeNull();
      expect(queue.settings()).toBeNull();
    });

    it('keeps identity and settings', () => {
      const identity = {
        generation: 3,
        nextN: 41,
        renew: false,
        tokenHash: 'ab',
        deviceId: 'd1',
        deviceName: 'Küche',
      };
      queue.setIdentity(identity);
      queue.setIdentity({ ...identity, renew: true });
      expect(queue.identity()).toEqual({ ...identity, renew: true });
      queue.setSettings({ volume: 0.5 });
      queue.setSettings({ volume: 0.7 });
      expect(queue.settings()).toEqual({ volume: 0.7 });
    });

    it('does a transaction whole or not at all', () => {
      const broken = () =>
        queue.transaction(() => {
          queue.insert(row(1));
          queue.setIdentity({ ...FRESH_IDENTITY, nextN: 2 });
          queue.addFailedCommand(failedCommands('a', 1));
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
}
