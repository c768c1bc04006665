import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';

export const VIEWS = ['open', 'pending', 'preparing', 'ready', 'delivering', 'done'] as const;
export type ViewName = (typeof VIEWS)[number];

/** The state of this page's view, without orders; not persisted. */
export interface Ui {
  view: ViewName;
  /** The requested page of tickets, from 0; clamped to the last. */
  page: number;
  /** The number of pages as rendered; 1 where tickets scroll. */
  pages: number;
  /** Unseen orders on the pages before and after this one. */
  elsewhere: { before: number; after: number };
  /** The ticket that keys act on. */
  selected: string | null;
  /** The order whose sheet is open. */
  sheet: string | null;
  settings: boolean;
  /** Prefills the first-run form over the board, to change servers; null: closed. */
  pairing: { serverUrl: string; code: string } | null;
  /** The panel that is open. */
  panel: 'search' | 'recall' | 'history' | 'waiting' | 'all_day' | 'figures' | null;
  /** Whether the key legend shows; null: by the setting. */
  legend: boolean | null;
  /** The board's filter; a banner shows it. Not persisted: after a reload the board shows everything. */
  filter: OrderFilter;
}
export type UiStore = StoreApi<Ui>;

export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    view: 'open',
    page: 0,
    pages: 1,
    elsewhere: { before: 0, after: 0 },
    selected: null,
    sheet: null,
    settings: false,
    pairing: null,
    panel: null,
    legend: null,
    filter: NO_FILTER,
  }));
}
