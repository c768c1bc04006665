import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import { FRESH_IDENTITY } from '../stores.ts';
import { memoryQueue } from '../testing/memory-storage.ts';
import { createQueue, type Queue } from './queue.ts';

const AT = '2026-11-21T10:00:00.000Z';
const DAY_MS = 24 * 3_600_000;
const bump = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } } as const;

let disk: ReturnType<typeof memoryQueue>;
let queue: Queue;
let ids: number;
let now: number;
let clockSet: boolean;
const open = (): Queue => {
  const opened = createQueue({
    store: disk.store,
    uuid: () => `id-${++ids}`,
    now: () => now,
    latest: () => now,
    uptime: () => now,
    heard: () => (clockSet ? 1 : 0),
    knowsTime: () => clockSet,
    orderNumber: () => '117',
    onTouched: () => {},
  });
  opened.reload('e', 0);
  return opened;
};
beforeEach(() => {
  disk = memoryQueue();
  ids = 0;
  now = Date.parse(AT);
  clockSet = true;
  queue = open();
  queue.belongTo('token', { deviceId: 'us' });
});

const tap = (...orderIds: string[]) =>
  queue.add(orderIds.map((orderId) => ({ orderId, intent: bump, baseVersion: 1 })));
/** The commands as they would be sent, each after its predecessor. */
const chain = (): string[] =>
  queue.waiting().map((row) => {
    const command = queue.toSend(row);
    return command ? `${command.after} → ${command.commandId}` : `${row.commandId} unreadable`;
  });
const result = (n: number, over: Partial<CommandResult> = {}): CommandResult => ({
  commandId: `id-${n}`,
  outcome: 'applied',
  seq: 5,
  ...over,
});
const answer = (...numbers: number[]) =>
  queue.answered(
    numbers.map((n) => result(n)),
    'e',
  );
const answeredIds = () => queue.answeredBefore(Number.MAX_SAFE_INTEGER, 99);
const unanswer = (...commandIds: string[]) =>
  queue.unanswer(answeredIds().flatMap((row) => (commandIds.includes(row.commandId) ? [row.id] : [])));
const caused = (n: number, over: Partial<Change> = {}): Change => ({
  seq: 5,
  type: 'order_status_changed',
  orderId: 'a',
  at: AT,
  by: { role: 'display', id: 'us', name: 'K' },
  cause: { deviceId: 'us', commandId: `id-${n}` },
  order: anOrder({ id: 'a', status: 'preparing' }),
  ...over,
});

describe('[C1] a command', () => {
  it('names its predecessor, also after a restart and once that is answered', () => {
    tap('a', 'b');
    expect(chain()).toEqual(['null → id-1', 'id-1 → id-2']);
    answer(1, 2);
    queue = open();
    tap('c');
    expect(chain()).toEqual(['id-2 → id-3']);
  });

  it('names no predecessor that was answered more than 30 days ago', () => {
    tap('a');
    answer(1);
    now += 30 * DAY_MS;
    tap('b');
    expect(chain()).toEqual(['id-1 → id-2']);
    now += 1;
    expect(chain()).toEqual(['null → id-2']);
  });

  it('names its predecessor until a server sets the clock, which may be years ahead', () => {
    tap('a');
    answer(1);
    clockSet = false;
    now += 5 * 365 * DAY_MS;
    tap('b');
    expect(chain()).toEqual(['id-1 → id-2']);
    expect(queue.lastAnswered()).toBe('id-1');
  });

  it('is not queued if the disk write fails; the taps of one call are queued all or none', () => {
    disk.disk.failWrites('full');
    expect(() => tap('a', 'b')).toThrow();
    disk.disk.failWrites(null);
    expect(queue.count()).toBe(0);
    const [row] = tap('c');
    expect(chain()).toEqual([`null → ${row?.commandId}`]);
  });
});

describe('[C2] an answer', () => {
  it('counts once, for the command that it names', () => {
    tap('a', 'b');
    expect(answer(9).count).toBe(0);
    expect(answer(1).count).toBe(1);
    expect(answer(1).count).toBe(0);
    expect(chain()).toEqual(['id-1 → id-2']);
  });

  it('changes nothing if the disk write fails', () => {
    tap('a');
    disk.disk.failWrites('failed');
    expect(() => answer(1)).toThrow();
    disk.disk.failWrites(null);
    expect(chain()).toEqual(['null → id-1']);
  });
});

describe('[C3] an answer is provisional', () => {
  beforeEach(() => {
    tap('a', 'b', 'c');
    answer(1, 2, 3);
    tap('d');
  });

  it('sends commands missing from the ledger again, in order, with the same ids and times', () => {
    const [before] = disk.store.unsettled('e', 0);
    now += 60_000;
    unanswer('id-2', 'id-3');
    expect(chain()).toEqual(['id-1 → id-2', 'id-2 → id-3', 'id-3 → id-4']);
    expect(queue.waiting()[0]).toMatchObject({ issuedAt: before?.issuedAt });
    queue = open();
    expect(queue.count()).toBe(3);
  });

  it('overlays its order again until it is answered again', () => {
    queue.movedTo('e', 5);
    expect(queue.rowsOf('c')).toEqual([]);
    unanswer('id-3');
    expect(queue.rowsOf('c')).toMatchObject([{ commandId: 'id-3', answer: null }]);
  });

  it('asks about the last answered tap, regardless of when its answer arrived', () => {
    expect(queue.lastAnswered()).toBe('id-3');
    unanswer('id-1');
    answer(1);
    expect(queue.lastAnswered()).toBe('id-3');
  });

  it('does not ask about answers older than 30 days', () => {
    now += 30 * DAY_MS + 1;
    answer(4);
    expect(answeredIds().map(({ commandId }) => commandId)).toEqual(['id-4']);
    now += 30 * DAY_MS + 1;
    expect(queue.lastAnswered()).toBeNull();
  });

  it('stays unchanged if the disk write fails', () => {
    disk.disk.failWrites('failed');
    expect(() => unanswer('id-3')).toThrow();
    expect(queue.count()).toBe(1);
  });

  it('keeps answered rows for 35 days', () => {
    now += 35 * DAY_MS;
    queue.forgetOld(true);
    expect(disk.store.predecessor(Number.MAX_SAFE_INTEGER)).toBeDefined();
    expect(disk.store.predecessor(4)).toMatchObject({ commandId: 'id-3' });
    now += 1;
    queue.forgetOld(true);
    expect(disk.store.predecessor(4)).toBeUndefined();
    expect(chain()).toEqual(['null → id-4']);
  });
});

describe('[C4] a refusal', () => {
  const refused = result(1, {
    outcome: 'rejected',
    code: 'order_cancelled',
    order: anOrder({ id: 'a', status: 'cancelled', number: '9' }),
  });

  it('is kept for the user, with the intent and the current order', () => {
    tap('a');
    const { rejected } = queue.answered([refused], 'e');
    expect(rejected).toEqual(queue.failedCommands());
    expect(rejected).toMatchObject([
      { orderNumber: '9', commandType: 'set_status', payload: bump.payload, order: refused.order },
    ]);
    expect(queue.count()).toBe(0);
  });

  it('[C3] lost from the ledger is decided again, reported again if refused, and leaves the queue either way', () => {
    tap('a');
    queue.answered([refused], 'e');
    queue.dismiss('id-1');
    unanswer('id-1');
    expect(chain()).toEqual(['null → id-1']);
    expect(queue.answered([refused], 'e').rejected).toHaveLength(1);
    expect(queue.failedCommands()).toHaveLength(1);
    unanswer('id-1');
    expect(queue.answered([result(1)], 'e')).toMatchObject({ count: 1, rejected: [] });
    expect(queue.failedCommands()).toHaveLength(1);
    expect(queue.count()).toBe(0);
  });
});

describe('[C4] a command that cannot be sent', () => {
  it('moves to the failed list, and the next command names the one before it', () => {
    const [, bad] = tap('a', 'b', 'c');
    if (!bad) throw new Error('no row');
    queue.giveUp(bad, 'too large');
    expect(chain()).toEqual(['null → id-1', 'id-1 → id-3']);
    expect(queue.failedCommands()).toMatchObject([{ id: 'id-2', orderId: 'b', code: 'invalid', message: 'too large' }]);
    queue = open();
    expect(queue.count()).toBe(2);
  });

  it('may be one that is unreadable on disk', () => {
    tap('a');
    const about = { orderId: 'b', baseVersion: 1, issuedAt: AT, answer: null };
    disk.store.insert({ ...about, commandId: 'spoilt', intent: null });
    queue = open();
    tap('c');
    expect(chain()).toEqual(['null → id-1', 'spoilt unreadable', 'spoilt → id-2']);
    const [, spoilt] = queue.waiting();
    if (spoilt) queue.giveUp(spoilt, 'unreadable');
    expect(chain()).toEqual(['null → id-1', 'id-1 → id-2']);
  });

  it('stays in the queue if the disk write fails', () => {
    const [row] = tap('a');
    if (!row) throw new Error('no row');
    disk.disk.failWrites('full');
    expect(() => queue.giveUp(row, 'too large')).toThrow();
    expect(queue.count()).toBe(1);
  });
});

describe('a change caused by this display', () => {
  it('does not answer the command, which may have been sent to a restored server since', () => {
    tap('a');
    queue.learnIdentity([caused(1)]);
    queue.movedTo('e', 1);
    expect(queue.count()).toBe(1);
    queue.answered([result(1, { outcome: 'rejected', code: 'not_found', message: 'There is no such order.' })], 'e');
    expect(queue.failedCommands()).toHaveLength(1);
  });

  it('reveals the device id and its current name', () => {
    queue.belongTo('other token', {});
    expect(queue.identity().deviceId).toBeNull();
    tap('a');
    queue.learnIdentity([caused(7, { cause: { deviceId: 'them', commandId: 'id-7' } })]);
    expect(queue.identity().deviceId).toBeNull();
    queue.learnIdentity([caused(1)]);
    expect(queue.identity()).toEqual({ tokenHash: 'other token', deviceId: 'us', deviceName: 'K' });
    queue.learnIdentity([caused(7, { by: { role: 'display', id: 'us', name: 'Küche' } })]);
    expect(queue.identity().deviceName).toBe('Küche');
  });
});

describe('[C1] pairing again', () => {
  it('as another device sends what waits as its own and asks about none of the old answers', () => {
    tap('a', 'b', 'c');
    answer(1, 3);
    queue.belongTo('other token', { deviceId: 'new' });
    expect(queue.identity()).toEqual({ tokenHash: 'other token', deviceId: 'new', deviceName: null });
    tap('d');
    expect(chain()).toEqual(['null → id-2', 'id-2 → id-4']);
    expect(queue.lastAnswered()).toBeNull();
    expect(queue.rowsOf('a')).toHaveLength(1);
  });

  it('[R1] keeps the answers if the disk has lost whose they were', () => {
    tap('a', 'b');
    answer(1);
    disk.store.setIdentity(FRESH_IDENTITY);
    queue = open();
    queue.belongTo('token', {});
    expect(queue.identity()).toEqual({ tokenHash: 'token', deviceId: null, deviceName: null });
    expect(queue.lastAnswered()).toBe('id-1');
  });

  it.each([
    ['the same token', 'token', {}],
    ['a new token of the same device', 'rotated', { deviceId: 'us' }],
  ])('with %s changes nothing but the name', (_, token, who) => {
    tap('a', 'b');
    answer(1);
    queue.belongTo(token, { ...who, deviceName: 'Küche' });
    expect(queue.identity()).toEqual({ tokenHash: token, deviceId: 'us', deviceName: 'Küche' });
    expect(chain()).toEqual(['id-1 → id-2']);
    expect(queue.lastAnswered()).toBe('id-1');
  });
});
