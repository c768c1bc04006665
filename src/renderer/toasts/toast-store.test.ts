import { expect, test } from 'vitest';
import { createToastStore, type Toast } from './toast-store.ts';

const aToast = (id: string, change: Partial<Toast> = {}): Toast => ({
  id,
  kind: 'info',
  text: 'toast.refreshed',
  params: {},
  ...change,
});

test('keeps three toasts and drops the oldest', () => {
  const toasts = createToastStore();
  for (const id of ['a', 'b', 'c', 'd']) toasts.show(aToast(id));
  expect(toasts.getState().map(({ id }) => id)).toEqual(['b', 'c', 'd']);
});

test('a repeated toast replaces the first, becomes the newest and gets its full time', () => {
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

test('removes a dismissed toast; dismissing it twice is harmless', () => {
  const toasts = createToastStore();
  toasts.show(aToast('a'));
  toasts.dismiss('a');
  toasts.dismiss('a');
  expect(toasts.getState()).toEqual([]);
});
