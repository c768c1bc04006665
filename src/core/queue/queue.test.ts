import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { memoryQueue } from '../testing/memory-storage.ts';
import { createQueue, type Queue } from './queue.ts';

const AT = '2026-11-21T10:00:00.000Z';
const NOW = Date.parse(AT);
const bump = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } } as const;

let disk: ReturnType<typeof memoryQueue>;
let queue: Queue;
let ids: number;
const open = (): Queue => {
  const opened = createQueue({
    store: disk.store,
    uuid: () => `id-${++ids}`,
    now: () => NOW,
    orderNumber: () => '117',
    onTouched: () => {},
  });
  opened.reload('e', 0);
  return opened;
};
beforeEach(() => {
  disk = memoryQueue();
  ids = 0;
  queue = open();
  queue.belongTo('token', { deviceId: 'us' });
  queue.heard(0);
});

const tap = (...orderIds: string[]) =>
  queue.add(orderIds.map((orderId) => ({ orderId, intent: bump, baseVersion: 1 })));
const numbers = (): number[] => queue.toSend(99).map(({ n }) => n);
const result = (n: number, over: Partial<CommandResult> = {}): CommandResult => ({
  n,
  commandId: queue.toSend(99).find((row) => row.n === n)?.commandId ?? '?',
  outcome: 'applied',
  seq: 5,
  ...over,
});
const caused = (n: number, over: Partial<Change> = {}): Change => ({
  seq: 5,
  type: 'order_status_changed',
  orderId: 'a',
  at: AT,
  by: { role: 'display', id: 'us', name: 'K' },
  cause: { deviceId: 'us', n },
  order: anOrder({ id: 'a', status: 'preparing' }),
  ...over,
});

describe('[C1] numbers', () => {
  it('are 1, 2, 3 … and go on after a restart', () => {
    tap('a', 'b');
    queue = open();
    tap('c');
    expect(numbers()).toEqual([1, 2, 3]);
  });
  it('of taps that the disk did not take are not used up, and all taps of one call are taken or none', () => {
    disk.disk.failWrites('full');
    expect(() => tap('a', 'b')).toThrow();
    disk.disk.failWrites(null);
    expect(queue.count()).toBe(0);
    tap('c');
    expect(numbers()).toEqual([1]);
  });
});

describe('[C3] what the server has answered up to', () => {
  it('below our next number: everything after it is queued again, answered or not', () => {
    tap('a', 'b', 'c');
    queue.answered([result(1), result(2)], 'e');
    expect(numbers()).toEqual([3]);
    queue.heard(1);
    expect(numbers()).toEqual([2, 3]);
    queue = open();
    expect(numbers()).toEqual([2, 3]);
  });
  it('above it: taps go on after it; what is queued below is sent again for its stored answer', () => {
    tap('a');
    queue.heard(7);
    tap('b');
    expect(numbers()).toEqual([1, 8]);
  });
  it('leaves everything as it is when the disk does not take the change', () => {
    tap('a');
    queue.answered([result(1)], 'e');
    disk.disk.failWrites('failed');
    expect(() => queue.heard(0)).toThrow();
    expect(numbers()).toEqual([]);
    disk.disk.failWrites(null);
    queue.heard(0);
    expect(numbers()).toEqual([1]);
  });
  it('with numbers missing on our side: they are filled with void', () => {
    tap('a', 'b');
    queue.answered([result(1), result(2)], 'e');
    disk.store.forgetAnsweredBefore(Number.POSITIVE_INFINITY);
    queue.heard(0);
    expect(queue.toSend(9).map(({ n, intent }) => `${n} ${intent?.type}`)).toEqual(['1 void', '2 void']);
  });
});

describe('[C2] an answer', () => {
  it('counts only for the number and the id that it names, and only once', () => {
    tap('a', 'b');
    expect(queue.answered([result(1, { commandId: 'another' }), result(9)], 'e').count).toBe(0);
    expect(queue.answered([result(1)], 'e').count).toBe(1);
    expect(queue.answered([result(1, { commandId: 'id-1' })], 'e').count).toBe(0);
    expect(numbers()).toEqual([2]);
  });
  it('fork: nothing more is sent until new numbers are set after the server’s, with new ids', () => {
    tap('a', 'b', 'c');
    const before = queue.toSend(9).map(({ commandId }) => commandId);
    const answered = queue.answered([result(1), result(2, { outcome: 'rejected', code: 'fork' }), result(3)], 'e');
    expect(answered).toMatchObject({ count: 1, fork: true, rejected: [] });
    expect(numbers()).toEqual([]);
    queue = open();
    expect(numbers()).toEqual([]);
    expect(queue.heard(41)).toBe(true);
    expect(numbers()).toEqual([42, 43]);
    expect(queue.toSend(9).some(({ commandId }) => before.includes(commandId))).toBe(false);
    expect(queue.toSend(9).map(({ orderId }) => orderId)).toEqual(['b', 'c']);
  });
});

describe('[C2] new numbers', () => {
  it('are set also for what was answered under numbers that the server does not know any more', () => {
    tap('a', 'b');
    queue.answered([result(1), result(2)], 'e');
    tap('c');
    queue.answered([result(3, { outcome: 'rejected', code: 'fork' })], 'e');
    queue.heard(1);
    expect(queue.toSend(9).map(({ n, orderId }) => `${n} ${orderId}`)).toEqual(['2 b', '3 c']);
  });
  it('leave what was answered where it is: it is sent again when the server forgets it', () => {
    tap('a', 'b');
    queue.answered([result(1)], 'e');
    queue.answered([result(2, { outcome: 'rejected', code: 'fork' })], 'e');
    queue.heard(7);
    queue.answered([result(8)], 'e');
    queue.heard(0);
    const intents = queue.toSend(9).filter(({ intent }) => intent?.type !== 'void');
    expect(intents.map(({ n, orderId }) => `${n} ${orderId}`)).toEqual(['1 a', '8 b']);
  });
});

describe('[C2] what was answered, asked for again', () => {
  const asked = (): number | undefined => queue.toProve([], false)?.n;
  const again = (n: number, over: Partial<CommandResult> = {}) =>
    queue.answered([result(n, { commandId: `id-${n}`, seq: n, replayed: true, ...over })], 'e');
  beforeEach(() => {
    tap('a', 'b');
    queue.answered([result(1, { seq: 1 }), result(2, { seq: 2 })], 'e');
    queue.heard(2);
  });

  it('is nothing new where the ledger has it as it was', () => {
    expect(asked()).toBe(2);
    expect(again(2)).toMatchObject({ count: 0, lost: false, rejected: [] });
    expect(asked()).toBeUndefined();
  });
  it('is queued again where the ledger has another command there, and gets a number of its own', () => {
    expect(asked()).toBe(2);
    expect(again(2, { outcome: 'rejected', code: 'fork' })).toMatchObject({ lost: true, fork: false });
    expect(queue.toProve(queue.toSend(9), false)?.n).toBe(1);
    const fork = result(2, { outcome: 'rejected', code: 'fork' });
    expect(queue.answered([result(1, { commandId: 'id-1', seq: 1, replayed: true }), fork], 'e').fork).toBe(true);
    queue.heard(7);
    expect(queue.toSend(9).map(({ n, orderId }) => `${n} ${orderId}`)).toEqual(['8 b']);
  });
  it('and taken anew, is done once, though what was before it is lost and gets a new number', () => {
    expect(asked()).toBe(2);
    again(2, { seq: 9, replayed: false });
    expect(asked()).toBe(1);
    expect(again(1, { outcome: 'rejected', code: 'fork' }).lost).toBe(true);
    expect(queue.answered([result(1, { outcome: 'rejected', code: 'fork' })], 'e').fork).toBe(true);
    queue.heard(2);
    expect(queue.toSend(9).map(({ n, orderId }) => `${n} ${orderId}`)).toEqual(['3 a']);
  });
  it('and refused meanwhile, is told; then it is asked what became of those before it', () => {
    expect(asked()).toBe(2);
    expect(again(2, { outcome: 'rejected', code: 'order_cancelled', seq: 9 }).rejected).toMatchObject([
      { orderId: 'b' },
    ]);
    expect(queue.failedCommands()).toHaveLength(1);
    expect(asked()).toBe(1);
    expect(again(1, { outcome: 'rejected', code: 'order_cancelled', seq: 8 }).rejected).toMatchObject([
      { orderId: 'a' },
    ]);
    expect(asked()).toBeUndefined();
  });
});

describe('[C4] a refusal', () => {
  it('is kept for a person with what was wished and what the order is now', () => {
    tap('a');
    const order = anOrder({ id: 'a', status: 'cancelled', number: '9' });
    const { rejected } = queue.answered([result(1, { outcome: 'rejected', code: 'order_cancelled', order })], 'e');
    expect(rejected).toEqual(queue.failedCommands());
    expect(rejected).toMatchObject([{ orderNumber: '9', commandType: 'set_status', payload: bump.payload, order }]);
    expect(queue.count()).toBe(0);
  });
});

describe('a change that we caused', () => {
  it('answers the command, should the answer be lost', () => {
    tap('a');
    queue.cameDown([caused(1)], 'e');
    expect(numbers()).toEqual([]);
  });
  it.each([
    ['is another device’s', { cause: { deviceId: 'them', n: 1 } }],
    ['is of another order', { orderId: 'b' }],
    ['did not do what we wished (two machines with one token)', { order: anOrder({ id: 'a', status: 'pending' }) }],
    ['does not carry the order', { order: null }],
  ])('does not when it %s', (_, over) => {
    tap('a');
    queue.cameDown([caused(1, over)], 'e');
    expect(numbers()).toEqual([1]);
  });
  it('tells us who we are, when an answer of ours names the same number', () => {
    queue.belongTo('other token', {});
    queue.heard(0);
    expect(queue.identity().deviceId).toBeNull();
    tap('a');
    queue.cameDown([caused(1, { seq: 5, cause: { deviceId: 'x', n: 1 } })], 'e');
    queue.answered([result(1, { seq: 4 })], 'e');
    expect(queue.identity().deviceId).toBeNull();
    tap('a');
    queue.answered([result(2, { seq: 6 })], 'e');
    queue.cameDown([caused(2, { seq: 6, cause: { deviceId: 'x', n: 2 } })], 'e');
    expect(queue.identity().deviceId).toBe('x');
  });
});

describe('another token', () => {
  it('is another device: what is unanswered gets its numbers, what was answered stays with the old ones', () => {
    tap('a', 'b');
    queue.answered([result(1)], 'e');
    queue.belongTo('other token', {});
    expect(queue.identity()).toMatchObject({ renew: true, deviceId: null });
    queue.heard(0);
    expect(queue.toSend(9)).toMatchObject([{ n: 1, orderId: 'b' }]);
    queue.heard(0);
    expect(numbers()).toEqual([1]);
  });
  it('the same again changes nothing', () => {
    tap('a');
    queue.belongTo('token', { deviceName: 'Küche' });
    expect(queue.identity()).toMatchObject({ renew: false, deviceId: 'us', deviceName: 'Küche' });
    expect(numbers()).toEqual([1]);
  });
});
