import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import type { CustomerText } from './customer-text.ts';
import { Message } from './message.ts';
import { NoticeLine } from './notice-line.ts';
import { OrderCard } from './order-card.ts';
import { isOpen } from './order-steps.ts';
import { PageFrame } from './page-frame.ts';
import type { Cancelling, CustomerStore, NoticeState, OrderActions, ShownLink } from './page-state.ts';

/** `/my`: all orders of one customer, newest first. The server knows neither who looks nor their orders. */
export function MyPage({ shown, hasToken, notice, link, now, on, text }: MyPageProps) {
  const timeZone = shown?.store.timeZone ?? 'UTC';
  return h(
    PageFrame,
    { shop: shown?.store.name ?? '', link, now, timeZone, text },
    shown && link.state !== 'stopped'
      ? h('h1', { class: 'title' }, text.t('my.title'))
      : h(Message, { ...without(hasToken, link, text), level: 'h1' }),
    shown?.orders.some(isOpen) ? h(NoticeLine, { notice, onAsk: on.askToNotify, text }) : null,
    shown?.orders.length === 0
      ? h(Message, { title: text.t('my.empty'), hint: text.t('my.emptyHint'), level: 'h2' })
      : null,
    shown?.orders.map((order) => {
      const cancelling = shown.cancelling[order.id] ?? 'no';
      return h(OrderCard, { key: order.id, order, cancelling, on, now, timeZone, text, level: 'h2' });
    }),
    shown && shown.more !== 'none' ? h(MoreButton, { more: shown.more, onMore: on.more, text }) : null,
  );
}
export interface MyPageProps {
  /** Null until the first answer. */
  shown: MyOrders | null;
  /** Whether the address has a token after its `#`. */
  hasToken: boolean;
  notice: NoticeState;
  link: ShownLink;
  now: number;
  on: OrderActions & { more(): void; askToNotify(): void };
  text: CustomerText;
}
export interface MyOrders {
  store: CustomerStore;
  orders: readonly PublicOrder[];
  /** Of an order's id; without an entry it is `no`. */
  cancelling: Readonly<Record<string, Cancelling>>;
  /** Whether there are earlier orders, and how far they are. */
  more: 'none' | 'some' | 'loading' | 'failed';
}

/** What stands in place of the orders. */
function without(hasToken: boolean, { state }: ShownLink, text: CustomerText): { title: string; hint?: string } {
  if (!hasToken) return { title: text.t('my.incomplete'), hint: text.t('my.incompleteHint') };
  if (state === 'stopped') return { title: text.t('stopped.title'), hint: text.t('stopped.hint') };
  if (state === 'offline') return { title: text.t('my.offline'), hint: text.t('my.offlineHint') };
  return { title: text.t('my.loading') };
}

function MoreButton({ more, onMore, text }: { more: MyOrders['more']; onMore(): void; text: CustomerText }) {
  return h(
    'div',
    { class: 'more' },
    more === 'failed' ? h('p', { class: 'told', role: 'alert' }, text.t('my.moreFailed')) : null,
    h(
      'button',
      { type: 'button', class: 'quiet', disabled: more === 'loading', onClick: onMore },
      text.t(more === 'loading' ? 'my.loading' : 'my.more'),
    ),
  );
}
