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
  /** The visible tickets with their numbers from 1, oldest first: a digit selects the one that it numbers. */
  numbered: ReadonlyMap<string, number>;
  /** The order whose sheet is open. */
  sheet: string | null;
  settings: boolean;
  /** Prefills the first-run form over the board, to change servers; null: closed. */
  pairing: { serverUrl: string; code: string } | null;
  /** The panel that is open. */
  panel:
    | 'search'
    | 'recall'
    | 'history'
    | 'waiting'
    | 'all_day'
    | 'figures'
    | 'availability'
    | 'reading'
    | 'till'
    | null;
  /** Whether the key legend shows; null: by the setting. */
  legend: boolean | null;
  /** The board's filter; a banner shows it. Not persisted: after a reload the board shows everything. */
  filter: OrderFilter;
}
export type UiStore = StoreApi<Ui>;

/** Nothing is open over the board. */
export const NOTHING_OPEN = { settings: false, sheet: null, panel: null, pairing: null } as const satisfies Partial<Ui>;

export function createUiStore(): UiStore {
  return createStore<Ui>(() => ({
    view: 'open',
    page: 0,
    pages: 1,
    elsewhere: { before: 0, after: 0 },
    selected: null,
    numbered: new Map(),
    ...NOTHING_OPEN,
    legend: null,
    filter: NO_FILTER,
  }));
}

/** The digit that selects a ticket; null: none. */
export function digitOf(numbered: Ui['numbered'], orderId: string): number | null {
  const number = numbered.get(orderId);
  return number !== undefined && number < 10 ? number : null;
}

/** Numbers the tickets again if they are not the same. */
export function setNumbered(ui: UiStore, ids: readonly string[]): void {
  const { numbered } = ui.getState();
  if (ids.length === numbered.size && ids.every((id, i) => numbered.get(id) === i + 1)) return;
  ui.setState({ numbered: new Map(ids.map((id, i) => [id, i + 1])) });
}
