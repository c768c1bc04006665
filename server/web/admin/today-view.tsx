import { useState } from 'react';
import { localDay } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { createOtherCurrencies } from '#contract/other-currencies.ts';
import { isOpen, STATUSES, type Status } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import { ordersToday } from '../managing/orders-today.ts';
import { useFormats, useLive, useNow, useText } from '../managing/page.tsx';
import { AvailabilityLine } from './availability-line.tsx';
import { OrderList } from './order-list.tsx';
import { OtherCurrencies } from './other-currencies.tsx';
import { ScreenList } from './screen-list.tsx';
import { TodayCharts } from './today-charts.tsx';

type Shown = 'all' | 'open' | Status;
/** Rows that are drawn at first. */
const FIRST = 60;

/** The orders of today as they are now, and today's figures beside them. */
export function TodayView({ store }: { store: Store }) {
  const { t } = useText();
  const now = useNow();
  const known = useLive((live) => live.orders);
  const [shown, setShown] = useState<Shown>('all');
  const [most, setMost] = useState(FIRST);
  const today = ordersToday(known, store, now);
  const orders = today.filter(
    ({ status }) => shown === 'all' || (shown === 'open' ? isOpen(status) : status === shown),
  );
  return (
    <div className="two today">
      <div className="card">
        <h2>{t('tab.figures')}</h2>
        <TodayTiles store={store} />
        <OtherCurrencies of={inOtherCurrencies(today, store, now)} />
        <AvailabilityLine store={store} />
      </div>
      <section className="stack" aria-label={t('tab.orders')}>
        <label className="field short">
          <span>{t('orders.show')}</span>
          <select value={shown} data-testid="filter" onChange={(event) => setShown(event.target.value as Shown)}>
            <option value="all">{t('orders.all')}</option>
            <option value="open">{t('orders.open')}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`status.${status}`)}
              </option>
            ))}
          </select>
        </label>
        {orders.length === 0 && <p className="soft">{t(shown === 'all' ? 'orders.none' : 'find.none')}</p>}
        <OrderList orders={orders.slice(0, most)} store={store} now={now} />
        {orders.length > most && (
          <button type="button" className="plain" onClick={() => setMost(most + 200)}>
            {t('do.more')}
          </button>
        )}
      </section>
      <aside className="stack">
        <div className="card">
          <ScreenList storeId={store.id} isPart />
        </div>
        <TodayCharts store={store} />
      </aside>
    </div>
  );
}

/** Of the orders of this day; those of an earlier day that are still open are not in its figures. */
function inOtherCurrencies(orders: readonly Order[], { currency, timeZone }: Store, now: number) {
  const others = createOtherCurrencies(currency);
  const day = localDay(now, timeZone);
  for (const order of orders) if (localDay(Date.parse(order.createdAt), timeZone) === day) others.add(order);
  return others.list();
}

function TodayTiles({ store }: { store: Store }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const stats = useLive((live) => live.stats[store.id]);
  if (!stats) return <p role="status">{t('loading')}</p>;
  return (
    <dl className="tiles filled">
      <div>
        <dt>{t('stats.orders')}</dt>
        <dd className="figures" data-testid="stats-orders">
          {stats.orders}
        </dd>
      </div>
      <div>
        <dt>{t('stats.revenue')}</dt>
        <dd className="figures" data-testid="stats-revenue">
          <bdi>{money(stats.revenueMinor)}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('stats.average')}</dt>
        <dd className="figures" data-testid="stats-average">
          <bdi>{money(stats.averageMinor)}</bdi>
        </dd>
      </div>
    </dl>
  );
}
