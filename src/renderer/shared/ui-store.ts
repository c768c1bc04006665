import { createStore, type StoreApi } from 'zustand/vanilla';

export const VIEWS = ['open', 'pending', 'preparing', 'ready', 'delivering', 'done'] as const;
export type ViewName = (typeof VIEWS)[number];

/** What this page alone knows: where the person looks. Nothing of it is about the orders. */
export interface Ui {
  view: ViewName;
  /** The ticket that keys act on. */
  selected: string | null;
  /** The order whose sheet is open. */
  sheet: string | null;
  settings: boolean;
  /** What is being looked up. */
  panel: 'history' | 'waiting' | null;
  /** Cancelled orders that a person has cleared from sight. */
  cleared: ReadonlySet<string>;
}
export type UiStore = StoreApi<Ui>;

export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    view: 'open',
    selected: null,
    sheet: null,
    settings: false,
    panel: null,
    cleared: new Set(),
  }));
}
