import { expect, test } from 'vitest';
import { createToastStore, type Toast } from './toast-store.ts';

const aToast = (id: string, change: Partial<Toast> = {}): Toast => ({
  id,
  kind: 'info',
  text: 'toast.refreshed',
  params: {},
  ...change,
});

test('three at once: the oldest makes room', () => {
  const toasts = createToastStore();
  for (const id of ['a', 'b', 'c', 'd']) toasts.show(aToast(id));
  expect(toasts.getState().map(({ id }) => id)).toEqual(['b', 'c', 'd']);
});

test('the same said again is one toast, the newest, with all of its time', () => {
  const toasts = createToastStore();
  toasts.show(aToast('a'));
  toasts.show(aToast('b'));
  const [first] = toasts.getState();
  toasts.show(aToast('a', { kind: 'error' }));
  expect(toasts.getState().map(({ id, kind }) => [id, kind])).toEqual([
    ['b', 'info'],
    ['a', 'error'],
  ]);
  expect(toasts.getState()[1]?.turn).not.toBe(first?.turn);
});

test('a dismissed toast is gone, and dismissing it twice is harmless', () => {
  const toasts = createToastStore();
  toasts.show(aToast('a'));
  toasts.dismiss('a');
  toasts.dismiss('a');
  expect(toasts.getState()).toEqual([]);
});
