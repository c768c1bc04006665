import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Attention } from '#contract/bridge.ts';
import { aStatus } from '../testing/hand-bridge.ts';
import { createViewStore, type ViewStore } from '../view-store/view-store.ts';
import { soundTheAlarm } from './sound-the-alarm.ts';

let view: ViewStore;
let heard: string[];
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  view = createViewStore();
  heard = [];
  const say = (what: string) => () => void heard.push(what);
  const sound = { ring: say('bell'), conflict: say('conflict'), linkDown: say('link'), resume() {} };
  stop = soundTheAlarm(view, sound as never);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const refused = (change: Partial<Attention> = {}): Attention => ({
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
const say = (change: Parameters<typeof aStatus>[0]) => view.setState({ status: aStatus(change) });

test('work on a cancelled order has an alarm of its own, until a person has read it', () => {
  say({ attention: [refused()] });
  vi.advanceTimersByTime(10_000);
  expect(heard).toEqual(['conflict', 'conflict', 'conflict']);
  say({ attention: [] });
  vi.advanceTimersByTime(60_000);
  expect(heard).toHaveLength(3);
});

test.each([
  ['too late', { code: 'too_late' }],
  ['stale', { code: 'stale' }],
  ['one that nobody had worked for', { commandType: 'acknowledge', payload: {} }],
  ['one that took a tick back', { commandType: 'set_item_done', payload: { itemId: 'i', done: false } }],
] as const)('any other refusal is silent: %s', (_, change) => {
  say({ attention: [refused(change)] });
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([]);
});

test('[A1] a new order rings beside it, and both go on until each is over', () => {
  say({ attention: [refused()], alarm: { active: true, orderIds: ['n'] } });
  vi.advanceTimersByTime(4_600);
  expect(heard).toEqual(['bell', 'conflict', 'bell', 'conflict']);
  say({ alarm: { active: true, orderIds: ['n'] } });
  vi.advanceTimersByTime(3_000);
  expect(heard.slice(4)).toEqual(['bell']);
});
