import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Notice } from '#contract/bridge.ts';
import type { TextKey, TextParams } from '../i18n/text.ts';

export interface Toast {
  id: string;
  kind: Notice['kind'];
  text: TextKey;
  params: TextParams;
}
/** The footer has room for so many; an older one goes first. */
const AT_MOST = 3;

export interface ToastStore extends StoreApi<readonly Toast[]> {
  show(toast: Toast): void;
  dismiss(id: string): void;
}

export function createToastStore(): ToastStore {
  const store = createStore<readonly Toast[]>(() => []);
  return Object.assign(store, {
    show: (toast: Toast) =>
      store.setState((toasts) => [...toasts.filter((t) => t.id !== toast.id), toast].slice(-AT_MOST), true),
    dismiss: (id: string) => store.setState((toasts) => toasts.filter((t) => t.id !== id), true),
  });
}
