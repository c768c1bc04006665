import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge, Undo } from '#contract/bridge.ts';
import type { Notice } from '#contract/notice.ts';
import type { TextKey } from '../i18n/text.ts';
import type { TextParams } from '../i18n/text-of.ts';

export interface Toast {
  /** A toast replaces the one with the same id. */
  id: string;
  kind: Notice['kind'];
  text: TextKey;
  params: TextParams;
  /** Running it dismisses the toast. */
  action?: { label: TextKey; run: () => void };
  /** How long it stays; by default as long as the settings say. */
  seconds?: number;
  /** Not announced here, because another live region does it. */
  silent?: boolean;
}
/** `turn` increases with each toast, so that a repeated one is a new element with its full time. */
export type ShownToast = Toast & { turn: number };

/** So many are kept; the oldest is dropped. */
const MOST = 3;

export interface ToastStore extends StoreApi<readonly ShownToast[]> {
  show(toast: Toast): void;
  dismiss(id: string): void;
}

export function createToastStore(): ToastStore {
  const store = createStore<readonly ShownToast[]>(() => []);
  let turn = 0;
  const without = (id: string) => store.getState().filter((toast) => toast.id !== id);
  return Object.assign(store, {
    show: (toast: Toast) => store.setState([...without(toast.id), { ...toast, turn: ++turn }].slice(-MOST), true),
    dismiss: (id: string) => store.setState(without(id), true),
  });
}

/** shared/announcer.tsx announces these itself. */
const ANNOUNCED: readonly Notice['code'][] = ['back_live', 'went_offline'];

/** Shows the core's notices as toasts. */
export function toastNotices(bridge: Bridge, toasts: ToastStore): Undo {
  return bridge.on('notice', ({ id, kind, code, params }) =>
    toasts.show({
      id,
      kind,
      text: code === 'orders_new' ? 'unseen.title' : `toast.${code}`,
      params,
      silent: ANNOUNCED.includes(code),
    }),
  );
}
