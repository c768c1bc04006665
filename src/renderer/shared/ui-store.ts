import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_FILTER, type OrderFilter } from '#contract/order-filter.ts';

export const VIEWS = ['open', 'pending', 'preparing', 'ready', 'delivering', 'done'] as const;
export type ViewName = (typeof VIEWS)[number];

/** What this page alone knows: where the person looks. Nothing of it is about the orders. */
export interface Ui {
  view: ViewName;
  /** Which page of the tickets is wanted, from 0; beyond the last it is the last. */
  page: number;
  /** How many pages there are, as drawn; 1 where tickets are scrolled. */
  pages: number;
  /** Orders that nobody has seen, on the pages before and after the one that is shown. */
  elsewhere: { before: number; after: number };
  /** The ticket that keys act on. */
  selected: string | null;
  /** The order whose sheet is open. */
  sheet: string | null;
  settings: boolean;
  /** The first-run form over the board, for another server, filled in with this; null: it is not wanted. */
  pairing: { serverUrl: string; code: string } | null;
  /** What is being looked up. */
  panel: 'search' | 'recall' | 'history' | 'waiting' | 'all_day' | 'figures' | null;
  /** Whether the keys are written on the screen; null: as is set. */
  legend: boolean | null;
  /** Orders that the board shows; a banner says so. Not persisted: after a reload the board shows everything. */
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
