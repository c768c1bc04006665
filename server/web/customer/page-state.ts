import type { LinkState } from '#contract/link.ts';
import type { CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import type { Language } from '#contract/setting-names.ts';
import type { CustomerWords } from './customer-key.ts';
import type { StepTimes } from './step-times.ts';

export type CustomerStore = CustomerOrders['store'];

/** What the server writes into both pages for their scripts. */
export interface CommonState {
  language: Language;
  words: CustomerWords;
  /** The server's time, ms. */
  now: number;
}
export interface TrackState extends CommonState {
  store: CustomerStore;
  order: PublicOrder;
  times: StepTimes;
}

/** Whether a page is up to date (L1). `unknown`: as the server sent it; without script it stays so. */
export interface ShownLink {
  state: LinkState;
  /** When the server last confirmed what is shown; ms, its time; null while nothing is shown. */
  asOf: number | null;
}

/** How far a customer's wish to cancel an order is. */
export type Cancelling = 'no' | 'asking' | 'sending' | 'failed' | 'too_late';

/** Whether the customer gets a notification when an order is ready. `none`: this browser cannot. */
export type NoticeState = 'none' | 'ask' | 'on' | 'blocked';

/** What a customer can do with an order. */
export interface OrderActions {
  setCancelling(order: PublicOrder, cancelling: 'no' | 'asking'): void;
  cancel(order: PublicOrder): void;
}
