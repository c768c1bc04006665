import { createStore, type StoreApi } from 'zustand/vanilla';

export const VIEWS = ['open', 'pending', 'preparing', 'ready', 'delivering', 'done'] as const;
export type ViewName = (typeof VIEWS)[number];

/** What this page alone knows: where the person looks. Nothing of it is about the orders. */
export interface Ui {
  view: ViewName;
  /** Which page of the tickets is wanted, from 0; beyond the last it is the last. */
  page: number;
  /** How many pages there are, as drawn; 1 where tickets are scrolled. */
  pages: number;
  /** The ticket that keys act on. */
  selected: string | null;
  /** The order whose sheet is open. */
  sheet: string | null;
  settings: boolean;
  /** What is being looked up. */
  panel: 'history' | 'waiting' | 'all_day' | null;
  /** Cancelled orders that a person has cleared from sight. */
  cleared: ReadonlySet<string>;
}
export type UiStore = StoreApi<Ui>;

export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    view: 'open',
    page: 0,
    pages: 1,
    selected: null,
    sheet: null,
    settings: false,
    panel: null,
    cleared: new Set(),
  }));
}
