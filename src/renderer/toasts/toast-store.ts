import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Notice } from '#contract/bridge.ts';
import type { TextKey, TextParams } from '../i18n/text.ts';

export interface Toast {
  /** One that is shown again under the same id takes the place of the first. */
  id: string;
  kind: Notice['kind'];
  text: TextKey;
  params: TextParams;
  /** The one thing that can still be done about it; doing it closes the toast. */
  action?: { label: TextKey; run: () => void };
  /** How long it stays; else as long as is set. */
  seconds?: number;
  /** Not read out: another live region says it. */
  unsaid?: boolean;
}
/** `turn` grows with each toast: the same words shown again are a toast of their own, with all of its time. */
export type ShownToast = Toast & { turn: number };

/** The footer has room for so many; an older one goes first. */
const AT_MOST = 3;

export interface ToastStore extends StoreApi<readonly ShownToast[]> {
  show(toast: Toast): void;
  dismiss(id: string): void;
}

export function createToastStore(): ToastStore {
  const store = createStore<readonly ShownToast[]>(() => []);
  let turn = 0;
  const but = (id: string) => store.getState().filter((toast) => toast.id !== id);
  return Object.assign(store, {
    show: (toast: Toast) => store.setState([...but(toast.id), { ...toast, turn: ++turn }].slice(-AT_MOST), true),
    dismiss: (id: string) => store.setState(but(id), true),
  });
}
