import { beforeEach, expect, test } from 'vitest';
import type { Status } from '#contract/status.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { createToastStore, type ToastStore } from '../toasts/toast-store.ts';
import { createUndoOffers } from './undo-offers.ts';

let toasts: ToastStore;
let taken: number[];
let seconds: number;
let undo: ReturnType<typeof createUndoOffers>;
beforeEach(() => {
  toasts = createToastStore();
  taken = [];
  seconds = 5;
  undo = createUndoOffers({ toasts, seconds: () => seconds, take: (id) => taken.push(id) });
});
const { order } = aTicket({ number: '117', status: 'preparing' });
const ready = { type: 'set_status', payload: { from: 'preparing', to: 'ready' } } as const;

test('offers undo for the set time and names what was done', () => {
  undo.offer(7, order, ready);
  expect(toasts.getState()).toMatchObject([{ text: 'undo.to.ready', params: { number: '117' }, seconds: 5 }]);
  toasts.getState()[0]?.action?.run();
  expect(taken).toEqual([7]);
});

test('offers no undo for a tap without one, or when undo is off', () => {
  undo.offer(null, order, ready);
  seconds = 0;
  undo.offer(7, order, ready);
  expect(toasts.getState()).toEqual([]);
});

test('the key undoes the last tap that is still offered, then the one before it', () => {
  undo.offer(7, order, ready);
  undo.offer(8, aTicket({ id: 'o2' }).order, { type: 'set_item_done', payload: { itemId: 'i1', done: true } });
  toasts.show({ id: 'x', kind: 'info', text: 'toast.refreshed', params: {} });
  undo.takeLast();
  undo.takeLast();
  undo.takeLast();
  expect(taken).toEqual([8, 7]);
  expect(toasts.getState().map(({ id }) => id)).toEqual(['x']);
});

test('cannot undo after the offer has expired', () => {
  undo.offer(7, order, ready);
  toasts.dismiss(`undo ${order.id}`);
  undo.takeLast();
  expect(taken).toEqual([]);
});

test('an order has one undo, for its last tap; a tap without one ends it', () => {
  undo.offer(7, order, ready);
  undo.offer(8, order, { type: 'set_priority', payload: { priority: true } });
  expect(toasts.getState()).toHaveLength(1);
  undo.takeLast();
  undo.takeLast();
  expect(taken).toEqual([8]);
  undo.offer(9, order, ready);
  undo.offer(null, order, { type: 'fire_course', payload: { course: 2 } });
  expect(toasts.getState()).toEqual([]);
});

test('the next step of the order ends its undo, on whatever screen it was taken', () => {
  const board = (status: Status) => new Map([[order.id, aTicket({ id: order.id, status })]]);
  undo.offer(7, order, ready);
  undo.follow(board('preparing'));
  undo.follow(board('ready'));
  expect(toasts.getState()).toHaveLength(1);
  undo.follow(board('completed'));
  expect(toasts.getState()).toEqual([]);
});
