import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import type { CustomerText } from './customer-text.ts';
import { Message } from './message.ts';
import { OrderCard } from './order-card.ts';
import { PageFrame } from './page-frame.ts';
import type { Cancelling, CustomerStore, OrderActions, ShownLink } from './page-state.ts';

/** `/track`: one order. The server draws it first, the page's script from then on. */
export function TrackPage({ store, order, cancelling, link, now, on, text }: TrackPageProps) {
  const { timeZone } = store;
  return h(
    PageFrame,
    { shop: store.name, link, now, timeZone, text, status: order?.status },
    order
      ? h(OrderCard, { order, cancelling, on, now, timeZone, text, level: 'h1' })
      : h(Message, { title: text.t('gone.title'), hint: text.t('gone.hint'), level: 'h1' }),
  );
}
export interface TrackPageProps {
  store: CustomerStore;
  /** Null when it was deleted. */
  order: PublicOrder | null;
  cancelling: Cancelling;
  link: ShownLink;
  /** The server's time, ms. */
  now: number;
  on: OrderActions;
  text: CustomerText;
}
