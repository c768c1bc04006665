import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Escalation } from '#contract/admin.ts';
import type { Availability } from '#contract/availability.ts';
import type { LinkState } from '#contract/link.ts';
import type { Store } from '#contract/store.ts';
import type { Presence, Stats } from '#contract/sync.ts';
import type { Orders } from './order-book.ts';

type ByStore<T> = Readonly<Record<string, T>>;

/** What the page knows; only {@link followStores} writes it. */
export interface Live {
  link: Extract<LinkState, 'connecting' | 'live' | 'polling' | 'offline'>;
  /** When the server last confirmed all of this, ms of the server's clock; null before the first time. */
  asOf: number | null;
  /** How far the server's clock is ahead of this machine's, ms. */
  clockAhead: number;
  /** null before the first answer. */
  stores: readonly Store[] | null;
  /** Open ones of every store, and today's of the store that is looked at. */
  orders: Orders;
  /** The unresolved ones, newest first. */
  escalations: readonly Escalation[];
  /** The head of each store's log. */
  heads: ByStore<number>;
  /** Today's figures. */
  stats: ByStore<Stats>;
  displays: ByStore<Presence['displays']>;
  availability: ByStore<Availability>;
}
export type LiveStore = StoreApi<Live>;

export const createLiveStore = (): LiveStore =>
  createStore<Live>(() => ({
    link: 'connecting',
    asOf: null,
    clockAhead: 0,
    stores: null,
    orders: new Map(),
    escalations: [],
    heads: {},
    stats: {},
    displays: {},
    availability: {},
  }));

/** The server's time, ms. */
export const serverNow = ({ clockAhead }: Live): number => Date.now() + clockAhead;
