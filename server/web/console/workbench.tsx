import { useEffect } from 'react';
import type { Order } from '#contract/order.ts';
import { nextStatus } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import type { Answer, Method } from '../managing/api.ts';
import { AwayBanner } from '../managing/away-banner.tsx';
import { FailureLine } from '../managing/failure-line.tsx';
import { LinkBadge } from '../managing/link-badge.tsx';
import { serverNow } from '../managing/live-store.ts';
import { OrderSummary } from '../managing/order-summary.tsx';
import { ordersToday } from '../managing/orders-today.ts';
import { useLive, useNow, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { asCurl } from './as-curl.ts';
import { believableOrder, oneMore } from './believable-order.ts';
import { type ConsoleLogStore, logCall } from './console-log.ts';
import { CallLog, EventLog } from './logs.tsx';

/** Orders that are listed; the rest is on `/admin`. */
const MOST = 20;

/** The console of one store: the first one of the token. */
export function Workbench({ log }: { log: ConsoleLogStore }) {
  const { t } = useText();
  const { follower, signOut } = usePage();
  const store = useLive((live) => live.stores?.[0]);
  const link = useLive((live) => live.link);
  useEffect(() => follower.watch(store?.id ?? null), [follower, store?.id]);
  return (
    <>
      <header className="top">
        <bdi>Ticketrail</bdi>
        <LinkBadge of={store ? [store] : []} />
        <div className="row end">
          <button
            type="button"
            className="plain"
            data-testid="cut"
            onClick={() => follower.cut()}
            disabled={link !== 'live'}
          >
            {t('console.cut')}
          </button>
          <button type="button" className="quiet" data-testid="sign-out" onClick={signOut}>
            {t('signIn.out')}
          </button>
        </div>
      </header>
      <AwayBanner />
      <main>
        <h1>{t('console.title')}</h1>
        <p className="soft">{t('console.lead')}</p>
        <p className="row narrow">
          <a className="quiet" href="#events">
            {t('console.events')}
          </a>
          <a className="quiet" href="#calls">
            {t('console.calls')}
          </a>
        </p>
        <div className="two">
          {store ? <OrderBench store={store} log={log} /> : <p role="status">{t('loading')}</p>}
          <div className="stack">
            <EventLog log={log} />
            <CallLog log={log} />
          </div>
        </div>
      </main>
    </>
  );
}

/** Places orders and changes them, each by one call. */
function OrderBench({ store, log }: { store: Store; log: ConsoleLogStore }) {
  const { t } = useText();
  const { api, live, follower } = usePage();
  const { busy, failure, send } = useSend();
  const known = useLive((state) => state.orders);
  const now = useNow();
  const orders = ordersToday(known, store, now).slice(0, MOST);

  async function call<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await api<T>(method, path, body);
    logCall(log, asCurl(location.origin, method, path, body), answer.ok ? 'OK' : answer.error.code);
    return answer;
  }
  async function change(order: Order, method: Method, rest: string, body?: unknown): Promise<void> {
    await send(async () => {
      const answer = await call<Order | null>(method, `/orders/${order.id}${rest}`, body);
      if (answer.ok) follower.put(order.id, answer.value);
      return answer;
    });
  }
  const place = () =>
    send(() =>
      call('POST', '/orders', {
        storeId: store.id,
        ...believableOrder(store.currency, serverNow(live.getState()), Math.random),
      }),
    );

  return (
    <section className="stack" aria-labelledby="bench">
      <div className="row">
        <h2 id="bench">{t('console.orders')}</h2>
        <button type="button" className="main" data-testid="place" onClick={() => void place()} disabled={busy}>
          {t('console.place')}
        </button>
      </div>
      <FailureLine failure={failure} />
      {orders.length === 0 && <p className="soft">{t('orders.none')}</p>}
      <ul className="stack">
        {orders.map((order) => (
          <li key={order.id} className="order" data-testid="order" data-order-id={order.id} data-status={order.status}>
            <OrderSummary order={order} store={store} now={now} />
            <OrderButtons order={order} busy={busy} change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OrderButtons({
  order,
  busy,
  change,
}: {
  order: Order;
  busy: boolean;
  change: (order: Order, method: Method, rest: string, body?: unknown) => Promise<void>;
}) {
  const { t } = useText();
  const next = nextStatus(order.status, order.fulfilment);
  const isEnded = next === null;
  const act = (mark: string, words: string, off: boolean, run: () => Promise<void>) => (
    <button type="button" className="plain" data-testid={mark} disabled={busy || off} onClick={() => void run()}>
      {words}
      <span className="sr-only">
        {' '}
        <bdi>{order.number}</bdi>
      </span>
    </button>
  );
  return (
    <div className="row">
      {act('move', t('console.move'), isEnded, () => change(order, 'POST', '/status', { status: next }))}
      {act('pay', t('console.pay'), order.payment.status === 'paid', () =>
        change(order, 'POST', '/payment', { status: 'paid', method: 'card' }),
      )}
      {act('change', t('console.change'), isEnded, () => change(order, 'PATCH', '', changed(order)))}
      {act('cancel', t('console.cancel'), isEnded, () =>
        change(order, 'POST', '/status', { status: 'cancelled', reason: t('console.reason') }),
      )}
      {act('delete', t('console.delete'), false, () => change(order, 'DELETE', ''))}
    </div>
  );
}

/** One item more; those that are there keep their ids, and with them what is done of them. */
const changed = ({ items }: Order) =>
  oneMore(
    items.map((item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))) as never,
    Math.random,
  );
