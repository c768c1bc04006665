import { beforeEach, expect, test } from 'vitest';
import { ok } from '#contract/errors.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { createManualBridge, type ManualBridge } from '../testing/manual-bridge.ts';
import { createToastStore, type ToastStore } from '../toasts/toast-store.ts';
import { type Actions, createActions } from './actions.ts';

let bridge: ManualBridge;
let toasts: ToastStore;
let actions: Actions;
beforeEach(() => {
  bridge = createManualBridge();
  toasts = createToastStore();
  actions = createActions({ bridge, toasts, scope: () => ({ screen: 'all' }), now: () => NOW, undoSeconds: () => 5 });
});
const NOW = Date.parse('2026-11-21T10:05:00.000Z');
const inputs = () => bridge.waiting.map((call) => call.input);

test('[section 8] sends one command for a bump, and no acknowledge with it', () => {
  actions.bump(aTicket({ id: 'a' }));
  expect(inputs()).toEqual([
    { orderId: 'a', intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } } },
  ]);
});

test('ignores a second tap on the same step until the push arrives', async () => {
  const ticket = aTicket();
  actions.bump(ticket);
  actions.bump(ticket);
  expect(bridge.waiting).toHaveLength(1);
  await bridge.waiting[0]?.answer(ok({ n: 1, undo: null }));
  actions.bump(ticket);
  expect(bridge.waiting).toHaveLength(0);
  actions.bump(aTicket({ status: 'preparing' }));
  expect(bridge.waiting).toHaveLength(1);
});

test('shows a failed tap, which can be repeated', async () => {
  const ticket = aTicket();
  actions.bump(ticket);
  await bridge.waiting[0]?.answer({ ok: false, error: { code: 'disk', message: '' } });
  expect(toasts.getState()).toMatchObject([{ kind: 'error', text: 'failed.disk' }]);
  actions.bump(ticket);
  expect(bridge.waiting).toHaveLength(1);
});

test('recalls an order by one step, unless there is no step back', () => {
  actions.recall(aTicket({ id: 'a', status: 'ready' }));
  actions.recall(aTicket({ id: 'b', status: 'pending' }));
  expect(inputs()).toEqual([
    { orderId: 'a', intent: { type: 'set_status', payload: { from: 'ready', to: 'preparing' } } },
  ]);
});

test('toggles an item between done and not done', () => {
  const ticket = aTicket({ id: 'a' });
  actions.tickItems(ticket, ['i1'], true);
  actions.tickItems(ticket, ['i1'], false);
  expect(inputs()).toMatchObject([{ intent: { payload: { done: true } } }, { intent: { payload: { done: false } } }]);
});

test('ticks off equal items in one step, and names them in the undo', async () => {
  actions.tickItems(aTicket({ id: 'a', number: '4' }), ['i1', 'i2'], true);
  expect(bridge.waiting).toMatchObject([
    { name: 'tickItems', input: { orderId: 'a', itemIds: ['i1', 'i2'], done: true } },
  ]);
  await bridge.waiting[0]?.answer(ok({ commandId: '', undo: 9 }));
  expect(toasts.getState()).toMatchObject([
    { text: 'undo.itemDone', params: { number: '4', item: 'Khachapuri' }, action: { label: 'undo.do' } },
  ]);
});

test('offers undo for a tap that can be taken back', async () => {
  actions.bump(aTicket({ id: 'a', status: 'preparing' }));
  await bridge.waiting[0]?.answer(ok({ n: 1, undo: 9 }));
  expect(toasts.getState()).toMatchObject([{ text: 'undo.to.ready', action: { label: 'undo.do' }, seconds: 5 }]);
  actions.undo();
  expect(bridge.waiting).toMatchObject([{ name: 'undo', input: { id: 9 } }]);
});

test('says that the order has moved on where an undo comes too late', async () => {
  actions.bump(aTicket({ id: 'a', number: '4', status: 'preparing' }));
  await bridge.waiting[0]?.answer(ok({ n: 1, undo: 9 }));
  actions.undo();
  await bridge.waiting[0]?.answer({ ok: false, error: { code: 'not_allowed', message: '' } });
  expect(toasts.getState()).toMatchObject([{ kind: 'info', text: 'undo.movedOn', params: { number: '4' } }]);
});

test.each([
  ['nothing was promised', null, '2026-11-21T10:15:00.000Z'],
  ['the promise is broken already', '2026-11-21T10:00:00.000Z', '2026-11-21T10:15:00.000Z'],
  ['it is promised for later', '2026-11-21T10:20:00.000Z', '2026-11-21T10:30:00.000Z'],
])('ten more minutes, where %s', (_, dueAt, promised) => {
  actions.delay(aTicket({ id: 'a', dueAt }), 10);
  expect(inputs()).toEqual([{ orderId: 'a', intent: { type: 'set_due', payload: { dueAt: promised } } }]);
});

test('starts an order and promises it, in this order, and a second tap counts as the same one', async () => {
  const ticket = aTicket({ id: 'a' });
  actions.startIn(ticket, 15);
  actions.startIn(ticket, 20);
  actions.bump(ticket);
  expect(inputs()).toEqual([
    { orderId: 'a', intent: { type: 'set_status', payload: { from: 'pending', to: 'preparing' } } },
  ]);
  await bridge.waiting[0]?.answer(ok({ commandId: '', undo: null }));
  expect(inputs()).toEqual([
    { orderId: 'a', intent: { type: 'set_due', payload: { dueAt: '2026-11-21T10:20:00.000Z' } } },
  ]);
});

test('does not promise an order that cannot be started', async () => {
  actions.startIn(aTicket(), 10);
  await bridge.waiting[0]?.answer({ ok: false, error: { code: 'not_allowed', message: '' } });
  expect(bridge.waiting).toEqual([]);
});

test('marks changes as seen up to the version that is shown', () => {
  actions.seenMarks(aTicket({ id: 'a', version: 4 }));
  expect(inputs()).toEqual([{ orderId: 'a', version: 4 }]);
});

test('keeps three toasts in the footer and drops the oldest', () => {
  for (const id of ['1', '2', '3', '4']) toasts.show({ id, kind: 'info', text: 'toast.refreshed', params: {} });
  expect(toasts.getState().map(({ id }) => id)).toEqual(['2', '3', '4']);
});
