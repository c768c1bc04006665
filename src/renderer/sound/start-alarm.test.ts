import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { SoundKind } from '#contract/setting-names.ts';
import { Settings } from '#contract/settings.ts';
import type { BoardPatch, Ticket } from '#contract/ticket.ts';
import type { Scope } from '../stations/scope.ts';
import { aScope } from '../testing/a-scope.ts';
import { anItem, aTicket } from '../testing/a-ticket.ts';
import { aBoard, aStatus, createManualBridge, type ManualBridge } from '../testing/manual-bridge.ts';
import { textIn } from '../testing/texts.ts';
import { applyPatches, replaceBoard } from '../view-store/board-view.ts';
import { createViewStore, type ViewStore } from '../view-store/view-store.ts';
import { startAlarm } from './start-alarm.ts';

let view: ViewStore;
let played: string[];
let vibrated: string[];
let stop: () => void;
let scope: Scope;
let bridge: ManualBridge;
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  view = createViewStore();
  played = [];
  vibrated = [];
  const sound = {
    play: (kind: SoundKind, volume: number) => void (volume > 0 && played.push(kind)),
    vibration: { pulse: () => void vibrated.push('pulse'), stop: () => void vibrated.push('stop') },
    voice: { say: (text: string, language: string) => void played.push(`${language}: ${text}`) },
  };
  scope = { screen: 'all' };
  bridge = createManualBridge();
  stop = startAlarm(
    {
      view,
      text: { getState: () => textIn(view.getState().status?.settings.language ?? 'en') } as never,
      sound: sound as never,
      now: () => Date.now(),
    },
    () => scope,
    bridge,
  );
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const say = (change: Parameters<typeof aStatus>[0]) => view.setState({ status: aStatus(change) });
const ringing = (...orderIds: string[]) => ({ active: orderIds.length > 0, orderIds });

const refused = (change: Partial<FailedCommand> = {}): FailedCommand => ({
  id: 'a',
  orderId: 'o',
  orderNumber: '117',
  commandType: 'set_status',
  payload: { from: 'preparing', to: 'ready' },
  code: 'order_cancelled',
  message: '',
  issuedAt: 1,
  at: 2,
  order: null,
  ...change,
});

describe('sounds that ring until their cause is over', () => {
  test('[A1] the bell rings until the last unseen order is seen', () => {
    say({ alarm: ringing('a', 'b') });
    vi.advanceTimersByTime(6_500);
    say({ alarm: ringing('b') });
    vi.advanceTimersByTime(3_000);
    expect(played).toEqual(['new', 'new', 'new', 'new']);
    say({ alarm: ringing() });
    vi.advanceTimersByTime(60_000);
    expect(played).toHaveLength(4);
  });

  test('each ticket of a till that cannot come to the board rings once', () => {
    const till = (trouble: 'away' | null, waiting: number, refusedOnes: number) =>
      say({ till: { trouble, waiting, refused: refusedOnes } });
    till(null, 1, 0);
    expect(played).toEqual([]);
    till('away', 1, 0);
    till('away', 1, 0);
    vi.advanceTimersByTime(60_000);
    expect(played).toEqual(['new']);
    till('away', 1, 1);
    expect(played).toEqual(['new', 'new']);
    till(null, 0, 1);
    vi.advanceTimersByTime(60_000);
    expect(played).toHaveLength(2);
  });

  test('nothing rings or vibrates on the pick-up board', () => {
    scope = { screen: 'pickup' };
    say({ alarm: ringing('a'), failedCommands: [refused()], settings: Settings.parse({ speakNumbers: true }) });
    vi.advanceTimersByTime(10_000);
    expect(played).toEqual([]);
    expect(vibrated).toEqual([]);
  });

  test('a vibration goes with each ring, and ends when the last order is seen', () => {
    say({ alarm: ringing('a') });
    vi.advanceTimersByTime(6_500);
    say({ alarm: ringing() });
    vi.advanceTimersByTime(60_000);
    expect(vibrated).toEqual(['pulse', 'pulse', 'pulse', 'stop']);
  });

  test('without its setting there is no vibration', () => {
    say({ alarm: ringing('a'), settings: Settings.parse({ vibrate: false }) });
    vi.advanceTimersByTime(6_500);
    expect(played).toEqual(['new', 'new', 'new']);
    expect(vibrated).toEqual([]);
  });

  test('work on a cancelled order has its own alarm until a person has read it', () => {
    say({ failedCommands: [refused()] });
    vi.advanceTimersByTime(10_000);
    expect(played).toEqual(['cancelled', 'cancelled', 'cancelled']);
    say({ failedCommands: [] });
    vi.advanceTimersByTime(60_000);
    expect(played).toHaveLength(3);
  });

  test.each([
    ['too late', { code: 'too_late' }],
    ['stale', { code: 'stale' }],
    ['a command that involved no work', { commandType: 'acknowledge', payload: {} }],
    ['an item that was unticked', { commandType: 'set_item_done', payload: { itemId: 'i', done: false } }],
  ] as const)('any other refusal is silent: %s', (_, change) => {
    say({ failedCommands: [refused(change)] });
    vi.advanceTimersByTime(60_000);
    expect(played).toEqual([]);
  });

  test('[A1] a new order rings in turn with it, and each continues until its cause is over', () => {
    say({ failedCommands: [refused()], alarm: ringing('n') });
    expect(played).toEqual(['new']);
    vi.advanceTimersByTime(4_600);
    expect(played).toEqual(['new', 'cancelled', 'new', 'cancelled']);
    say({ alarm: ringing('n') });
    vi.advanceTimersByTime(3_000);
    expect(played.slice(4)).toEqual(['new']);
  });

  test.each([
    ['the volume is 0', { settings: Settings.parse({ volume: 0 }) }],
    ['it is muted', { mutedUntil: 10_000 }],
    ['quiet hours last', { settings: Settings.parse({ quietHours: { from: '00:00', to: '00:00' } }) }],
    ['the bell is switched off', { settings: Settings.parse({ sounds: { new: { on: false } } }) }],
  ])('the bell is silent while %s, and rings again after that', (_, change) => {
    say({ alarm: ringing('n'), ...change });
    vi.advanceTimersByTime(9_500);
    expect([...played, ...vibrated]).toEqual([]);
    say({ alarm: ringing('n') });
    vi.advanceTimersByTime(3_000);
    expect(played).toEqual(['new']);
  });
});

describe('sounds that play once for', () => {
  const ticket = (change: Partial<Ticket['order']> = {}, rest: Partial<Ticket> = {}): Ticket => ({
    ...aTicket({ id: 'o', status: 'preparing', ...change }),
    ...rest,
  });
  const marks = (quantity: number): Ticket['marks'] => ({
    added: [{ itemId: 'i', quantity }],
    changed: [],
    moved: [],
    removed: [],
    fields: [],
  });
  const show = (...tickets: Ticket[]) =>
    view.setState(({ board }) => ({ board: replaceBoard(board, aBoard(1, tickets)) }));
  function patch(change: Partial<BoardPatch>): void {
    const { board } = view.getState();
    const next = { n: (board.n ?? 0) + 1, upserts: [], removes: [], ...change };
    view.setState({ board: applyPatches(board, [next]).board });
    vi.advanceTimersByTime(1_400);
  }
  beforeEach(() => {
    say({ settings: Settings.parse({ sounds: { ready: { on: true } } }) });
    show(ticket());
  });

  test('[A3] an order that arrives accepted, on every screen; other notices are silent', () => {
    scope = aScope({ screen: 'station', stations: [{ id: 'g', name: 'Grill', stations: [], names: [] }] });
    const tell = (code: 'order_new' | 'orders_new' | 'order_changed' | 'refreshed') =>
      bridge.push('notice', { id: code, kind: 'info', code, params: {} });
    tell('order_new');
    vi.advanceTimersByTime(60_000);
    expect(played).toEqual(['accepted']);
    tell('orders_new');
    tell('order_changed');
    tell('refreshed');
    vi.advanceTimersByTime(60_000);
    expect(played).toEqual(['accepted', 'accepted']);
  });

  test('an order that somebody else cancelled', () => {
    const ended = { from: 'preparing' as const };
    patch({ upserts: [ticket({ status: 'cancelled', version: 2 }, { ended })] });
    patch({ upserts: [ticket({ status: 'cancelled', version: 3 }, { ended })] });
    expect(played).toEqual(['cancelled']);
  });

  test('each change of a seen order, but not for marking it as read', () => {
    patch({ upserts: [ticket({}, { marks: marks(1) })] });
    patch({ upserts: [ticket({ priority: true }, { marks: marks(1) })] });
    expect(played).toEqual(['changed']);
    patch({ upserts: [ticket({}, { marks: marks(2) })] });
    patch({ upserts: [ticket({}, { marks: null })] });
    expect(played).toEqual(['changed', 'changed']);
  });

  test('an order that another screen made ready', () => {
    patch({ upserts: [ticket({ status: 'ready' })] });
    expect(played).toEqual(['ready']);
  });

  test('no tap on this display, nor its answer', () => {
    for (const status of ['cancelled', 'ready'] as const) {
      patch({ upserts: [ticket({ status }, { pending: true })] });
      patch({ upserts: [ticket({ status, version: 2 })] });
      show(ticket());
    }
    expect(played).toEqual([]);
  });

  test('several events of one kind; several kinds play one after the other', () => {
    show(...['a', 'b', 'c'].map((id) => ticket({ id })));
    patch({
      upserts: [
        ticket({ id: 'a', status: 'ready' }),
        ticket({ id: 'b', status: 'ready' }),
        ticket({ id: 'c', status: 'cancelled' }, { ended: { from: 'preparing' } }),
      ],
    });
    expect(played).toEqual(['ready', 'cancelled']);
  });

  test('no page load, repaired gap or snapshot', () => {
    patch({ reset: true, upserts: [ticket({ status: 'cancelled', version: 2 })] });
    show(ticket({ id: 'b' }));
    show(ticket({ id: 'b', status: 'ready' }));
    expect(played).toEqual([]);
  });

  test('a ticket that turns late, and again after a new due time', () => {
    patch({ upserts: [ticket({}, { lateAt: 5_000 })] });
    vi.advanceTimersByTime(20_000);
    expect(played).toEqual(['late']);
    patch({ upserts: [ticket({}, { lateAt: Date.now() + 5_000 })] });
    vi.advanceTimersByTime(20_000);
    expect(played).toEqual(['late', 'late']);
  });

  test('no ticket that was late on page load', () => {
    vi.advanceTimersByTime(10_000);
    show(ticket({}, { lateAt: 5_000 }));
    vi.advanceTimersByTime(20_000);
    expect(played).toEqual([]);
  });

  test('changes of the own work, at a station', () => {
    scope = aScope({}, '?station=grill');
    const at = (station: string, change: Partial<Ticket['order']> = {}, rest: Partial<Ticket> = {}): Ticket =>
      ticket({ id: station, items: [anItem({ id: 'i', station })], ...change }, rest);
    show(at('grill'), at('oven'));
    patch({ upserts: [at('oven', {}, { marks: marks(1), lateAt: 1 })] });
    const ended = { from: 'preparing' as const };
    patch({ upserts: [at('oven', { status: 'cancelled', version: 2 }, { ended })] });
    expect(played).toEqual([]);
    patch({ upserts: [at('grill', {}, { marks: marks(1), lateAt: 1 })] });
    patch({ upserts: [at('grill', { status: 'cancelled', version: 2 }, { ended })] });
    expect(played).toEqual(['changed', 'late', 'cancelled']);
  });

  test('a lost link, but not its return', () => {
    const link = (state: 'live' | 'offline') => say({ link: { state, since: 0, cause: null, lastWordAt: 0 } });
    for (const state of ['live', 'offline', 'offline', 'live'] as const) {
      link(state);
      vi.advanceTimersByTime(3_000);
    }
    expect(played).toEqual(['link']);
  });
});

describe('a voice speaks the number', () => {
  const spoken = (orderIds: string[], on = true, language: 'en' | 'ru' = 'en') =>
    say({ alarm: ringing(...orderIds), settings: Settings.parse({ speakNumbers: on, language }) });
  beforeEach(() => {
    const tickets = ['1', '2', '3', '4', '5'].map((number) => aTicket({ id: number, number }));
    view.setState(({ board }) => ({ board: replaceBoard(board, aBoard(1, tickets)) }));
    spoken([]);
  });
  const voice = () => played.filter((one) => one !== 'new');

  test('after the bell, once, in the language of the screen', () => {
    spoken(['1'], true, 'ru');
    expect(played).toEqual(['new']);
    vi.advanceTimersByTime(10_000);
    expect(voice()).toEqual(['ru: Заказ 1']);
  });

  test('but not of an order seen before the bell ends, nor of a burst, nor when it is off', () => {
    spoken(['1']);
    spoken([]);
    vi.advanceTimersByTime(10_000);
    spoken(['1', '2', '3', '4', '5']);
    vi.advanceTimersByTime(10_000);
    spoken([], false);
    spoken(['2'], false);
    vi.advanceTimersByTime(10_000);
    expect(voice()).toEqual([]);
  });
});
