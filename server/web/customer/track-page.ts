import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import type { CustomerText } from './customer-text.ts';
import { Message } from './message.ts';
import { NoticeLine } from './notice-line.ts';
import { OrderCard } from './order-card.ts';
import { isOpen } from './order-steps.ts';
import { PageFrame } from './page-frame.ts';
import type { Cancelling, CustomerStore, NoticeState, OrderActions, ShownLink } from './page-state.ts';
import type { StepTimes } from './step-times.ts';

/** `/track`: one order. The server draws it first, the page's script from then on. */
export function TrackPage({ store, order, times, cancelling, notice, link, now, on, text }: TrackPageProps) {
  const { timeZone } = store;
  return h(
    PageFrame,
    { shop: store.name, link, now, timeZone, text, status: order?.status },
    order
      ? h(OrderCard, { order, times, cancelling, on, now, timeZone, text, level: 'h1' })
      : h(Message, { title: text.t('gone.title'), hint: text.t('gone.hint'), level: 'h1' }),
    order && isOpen(order) ? h(NoticeLine, { notice, onAsk: on.askToNotify, text }) : null,
  );
}
export interface TrackPageProps {
  store: CustomerStore;
  /** Null when it was deleted. */
  order: PublicOrder | null;
  times: StepTimes;
  cancelling: Cancelling;
  notice: NoticeState;
  link: ShownLink;
  /** The server's time, ms. */
  now: number;
  on: OrderActions & { askToNotify(): void };
  text: CustomerText;
}
