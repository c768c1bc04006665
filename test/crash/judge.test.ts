import { beforeEach, describe, expect, it } from 'vitest';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { Order } from '#contract/order.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Change } from '#contract/sync.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { Aftermath, DisplayAftermath } from './aftermath.ts';
import { judge } from './judge.ts';
import { type CrashRecord, emptyRecord, type Tap } from './record.ts';

/** A correct run; each test breaks one thing in it. */
let record: CrashRecord;
let end: Aftermath;
let display: DisplayAftermath;
let history: Change[];

const DUE = '2026-11-21T11:00:00.000Z';
const change = (seq: number, order: Order, more: Partial<Change> = {}): Change => ({
  seq,
  type: 'order_updated',
  orderId: order.id,
  at: order.updatedAt,
  by: { role: 'display', id: 'd1', name: 'Pass' },
  order,
  ...more,
});
const by = (commandId: string) => ({ cause: { deviceId: 'd1', commandId } });

beforeEach(() => {
  const placed = anOrder({ id: 'a', externalId: 'x-1', seq: 1, version: 1 });
  const begun: Order = { ...placed, status: 'preparing', seq: 2, version: 2 };
  const promised: Order = { ...begun, dueAt: DUE, seq: 3, version: 3 };
  const noted: Order = { ...promised, note: 'load-9', seq: 4, version: 4 };
  history = [
    change(1, placed, { type: 'order_created' }),
    change(2, begun, { type: 'order_status_changed', previousStatus: 'pending', ...by('c1') }),
    change(3, promised, by('c2')),
    change(4, noted),
  ];
  record = emptyRecord();
  record.orders.set('x-1', { id: 'a', tries: 2 });
  record.changes.push({ kind: 'note', orderId: 'a', mark: 'load-9', outcome: 'acknowledged' });
  record.taps.push(
    {
      deviceId: 'd1',
      orderId: 'a',
      commandId: 'c1',
      intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } },
    },
    { deviceId: 'd1', orderId: 'a', commandId: 'c2', intent: { type: 'set_due', payload: { dueAt: DUE } } },
  );
  const status: DisplayStatus = {
    setup: 'done',
    serverUrl: 'http://127.0.0.1:4310',
    deviceName: 'Pass',
    store: null,
    link: { state: 'live', since: 0, cause: null, lastWordAt: 0 },
    serverNow: 0,
    queueCount: 0,
    queueSince: null,
    failedCommands: [],
    failedCommandCount: 0,
    troubles: [],
    alarm: { active: false, orderIds: [] },
    mutedUntil: null,
    desktop: null,
    stats: null,
    settings: DEFAULT_SETTINGS,
    stations: { from: 'screen', list: [] },
    pin: { set: false, unlocked: true },
    clockAheadMs: 0,
    carriedOver: null,
    printers: [],
    till: null,
    availability: null,
  };
  const ticket = { order: noted, pending: false, ageFrom: 0, warningAt: null, lateAt: null, marks: null, ended: null };
  display = {
    name: 'Pass',
    deviceId: 'd1',
    known: new Set(['c1', 'c2']),
    board: { n: 1, loaded: true, tickets: [ticket] },
    status,
    failedCommands: [],
  };
  end = { orders: [structuredClone(noted)], histories: new Map([['a', history]]), displays: [display] };
});

const refusal = (change: Partial<FailedCommand>): FailedCommand => ({
  id: '1',
  orderId: 'a',
  orderNumber: '117',
  commandType: 'set_due',
  payload: { dueAt: DUE },
  code: 'too_late',
  message: 'The order is completed already.',
  issuedAt: 0,
  at: 0,
  order: null,
  ...change,
});
const last = (): Order => end.orders[0] as Order;

it('finds nothing in a correct run', () => {
  expect(judge(record, end)).toEqual([]);
});

it('finds nothing in an acknowledge that is answered with the id of a waiting tap', () => {
  record.taps.push({ deviceId: 'd1', orderId: 'a', commandId: 'c2', intent: { type: 'acknowledge', payload: {} } });
  expect(judge(record, end)).toEqual([]);
});

describe('finds what is lost', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['an acknowledged order', () => record.orders.set('x-2', { id: 'b', tries: 1 }), /x-2 was acknowledged/],
    ['a change in the log', () => history.splice(2, 1), /the log has 4 where 3/],
    [
      'an acknowledged change',
      () => record.changes.push({ kind: 'cancel', orderId: 'a', mark: 'm', outcome: 'acknowledged' }),
      /cancel m.* had 0/,
    ],
    [
      'a tap without effect, refusal or excuse',
      () => Reflect.deleteProperty(history[2] as Change, 'cause'),
      /tap c2 .* was lost/,
    ],
    ['a tap that the server never answered', () => display.known.delete('c2'), /tap c2 .* never answered/],
    ['a ticket', () => display.board.tickets.pop(), /shows version undefined/],
    ['what an order has become', () => Object.assign(last(), { table: '7' }), /not what its history says/],
  ])('%s', (_, damage, words) => {
    damage();
    expect(judge(record, end).join('\n')).toMatch(words);
  });
});

describe('finds what happened twice or without a cause', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['an order', () => end.orders.push({ ...last(), id: 'b' }), /x-1 is there 2 times/],
    ['an order that nobody placed', () => record.orders.clear(), /never placed/],
    ['a command', () => Object.assign(history[3] as Change, by('c2')), /command d1 c2 had 2 effects/],
    ['an id', () => Object.assign(record.taps[1] ?? {}, { commandId: 'c1', orderId: 'b' }), /gave the id c1 twice/],
    ['an id, for something else', () => Object.assign(record.taps[1] ?? {}, { commandId: 'c1' }), /another's effect/],
    [
      'a change that was refused',
      () => Object.assign(record.changes[0] ?? {}, { outcome: 'refused' }),
      /load-9, refused, had 1/,
    ],
    ['a command that nobody tapped', () => record.taps.pop(), /did c2 .* nobody tapped/],
    [
      'a refusal that nobody asked for',
      () => display.failedCommands.push(refusal({})),
      /refused set_due that nobody tapped/,
    ],
    ['a ticket', () => display.board.tickets.push(...display.board.tickets), /shows an order twice/],
    ['an effect on another order', () => Object.assign(record.taps[1] ?? {}, { orderId: 'b' }), /another's effect/],
  ])('%s', (_, damage, words) => {
    damage();
    expect(judge(record, end).join('\n')).toMatch(words);
  });
});

describe('finds a display that has not settled', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['not live', () => (display.status.link.state = 'offline'), /is offline/],
    ['with a queue', () => (display.status.queueCount = 1), /1 in its queue/],
    ['with trouble', () => display.status.troubles.push('cache_rebuilt'), /cache_rebuilt/],
    ['with a pending ticket', () => Object.assign(display.board.tickets[0] ?? {}, { pending: true }), /shows version/],
  ])('%s', (_, damage, words) => {
    damage();
    expect(judge(record, end).join('\n')).toMatch(words);
  });
});

describe('accepts', () => {
  it('a refused tap that the display shows', () => {
    record.taps.push({
      deviceId: 'd1',
      orderId: 'a',
      commandId: 'c3',
      intent: { type: 'set_due', payload: { dueAt: '2026-11-21T12:00:00.000Z' } },
    });
    display.known.add('c3');
    display.failedCommands.push(refusal({ payload: { dueAt: '2026-11-21T12:00:00.000Z' } }));
    expect(judge(record, end)).toEqual([]);
  });
  it('a tap that another display did first, but not one that the same display did later', () => {
    const late = { deviceId: 'd2', orderId: 'a', commandId: 'c1', intent: record.taps[0]?.intent as never };
    record.taps.push(late);
    end.displays.push({ ...display, name: 'Bar', deviceId: 'd2' });
    expect(judge(record, end)).toEqual([]);
    record.taps.push({ ...late, commandId: 'c2' });
    Object.assign(history[1] as Change, { cause: { deviceId: 'd2', commandId: 'c2' } });
    expect(judge(record, end).join('\n')).toMatch(/tap c1 of Bar .* was lost/);
  });
  it('a double tap', () => {
    record.taps.push({ ...(record.taps[1] as Tap) });
    expect(judge(record, end)).toEqual([]);
  });
  it('a tap with a lost answer, with one effect or none', () => {
    Object.assign(record.taps[1] ?? {}, { commandId: null });
    expect(judge(record, end)).toEqual([]);
    record.taps.push({ deviceId: 'd1', orderId: 'a', commandId: null, intent: { type: 'acknowledge', payload: {} } });
    expect(judge(record, end)).toEqual([]);
  });
  it('a closed order that is not on the board any more', () => {
    for (const order of [last(), history[3]?.order]) Object.assign(order ?? {}, { status: 'completed' });
    display.board.tickets.pop();
    expect(judge(record, end)).toEqual([]);
  });
});
