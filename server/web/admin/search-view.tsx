import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { startOfLocalDay } from '#contract/local-time.ts';
import type { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import { saveFile } from '#renderer/shared/save-file.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { useNow, usePage, useText } from '../managing/page.tsx';
import { readPages } from '../managing/read-pages.ts';
import { toCsv } from '../managing/to-csv.ts';
import { useSend } from '../managing/use-send.ts';
import { startOfDay } from './days.ts';
import { OrderList } from './order-list.tsx';
import { orderRows } from './order-rows.ts';

const NOTHING = { q: '', status: '', from: '', to: '' };
/** A spreadsheet holds more; a browser's memory has an end. */
const MOST_ROWS = 50_000;

/** Every order that the server keeps: search, and export as a spreadsheet. */
export function SearchView({ store }: { store: Store }) {
  const { t } = useText();
  const { api } = usePage();
  const now = useNow();
  const { busy, failure, send } = useSend();
  const [wanted, setWanted] = useState(NOTHING);
  const [found, setFound] = useState<{ query: string; orders: Order[]; next: string | null } | null>(null);
  const [saved, setSaved] = useState<number | null>(null);
  const set = (change: Partial<typeof wanted>) => setWanted({ ...wanted, ...change });

  async function find(query: string, before: string | null): Promise<void> {
    const page = await send(() =>
      api<{ orders: Order[]; nextBefore: string | null }>(
        'GET',
        `/orders?${query}&limit=50${before === null ? '' : `&before=${encodeURIComponent(before)}`}`,
      ),
    );
    if (!page) return;
    const known = before === null ? [] : (found?.orders ?? []);
    setFound({ query, orders: [...known, ...page.orders], next: page.nextBefore });
  }
  // The newest ones, before anybody has searched.
  const begin = useEffectEvent(() => void find(queryOf(store, NOTHING), null));
  useEffect(() => begin(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaved(null);
    void find(queryOf(store, wanted), null);
  };
  async function exportCsv(): Promise<void> {
    setSaved(null);
    const orders = await send(() => readPages<Order>(api, `/orders?${queryOf(store, wanted)}`, 'orders', MOST_ROWS));
    if (!orders) return;
    saveFile(`ticketrail-${store.id}-orders.csv`, [toCsv(orderRows(orders, store, t))], 'text/csv;charset=utf-8');
    setSaved(orders.length);
  }

  return (
    <section className="stack" aria-label={t('tab.search')}>
      <form className="row" data-testid="search" onSubmit={submit}>
        <Field label={t('find.hint')} type="search" value={wanted.q} onChange={(q) => set({ q })} maxLength={200} />
        <label className="field">
          <span>{t('find.by.status')}</span>
          <select value={wanted.status} onChange={(event) => set({ status: event.target.value })}>
            <option value="">{t('orders.all')}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`status.${status}`)}
              </option>
            ))}
          </select>
        </label>
        <Field label={t('orders.from')} type="date" value={wanted.from} onChange={(from) => set({ from })} />
        <Field label={t('orders.to')} type="date" value={wanted.to} onChange={(to) => set({ to })} />
        <button type="submit" className="main" disabled={busy}>
          {t('history.search')}
        </button>
        <button type="button" className="plain" data-testid="csv" disabled={busy} onClick={() => void exportCsv()}>
          {t('orders.csv')}
        </button>
      </form>
      <FailureLine failure={failure} />
      {saved !== null && (
        <p role="status" className="done">
          {t('orders.csvDone', { count: saved })}
        </p>
      )}
      {found?.orders.length === 0 && <p className="soft">{t('find.none')}</p>}
      {found && <OrderList orders={found.orders} store={store} now={now} />}
      {found?.next && (
        <button type="button" className="plain" disabled={busy} onClick={() => void find(found.query, found.next)}>
          {t('find.older')}
        </button>
      )}
    </section>
  );
}

/** Days are those of the store's calendar, both included. */
function queryOf(store: Store, { q, status, from, to }: typeof NOTHING): string {
  const query = new URLSearchParams({ storeId: store.id });
  if (q.trim()) query.set('q', q.trim());
  if (status) query.set('status', status);
  if (from) query.set('from', new Date(startOfDay(from, store.timeZone)).toISOString());
  if (to) {
    const noonOfNext = startOfDay(to, store.timeZone) + 36 * 3_600_000;
    query.set('to', new Date(startOfLocalDay(noonOfNext, store.timeZone) - 1).toISOString());
  }
  return query.toString();
}
