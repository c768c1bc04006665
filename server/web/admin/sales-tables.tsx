import { useEffect, useState } from 'react';
import type { Sales } from '#contract/sales.ts';
import type { Store } from '#contract/store.ts';
import { saveFile } from '#renderer/shared/save-file.ts';
import type { Failure } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, usePage, useText } from '../managing/page.tsx';
import { toCsv } from '../managing/to-csv.ts';
import { startOfDay } from './days.ts';

/** What was sold by channel and by dish since the start of this day. */
export function SalesTables({ store, from }: { store: Store; from: string }) {
  const { t } = useText();
  const { api } = usePage();
  const { money } = useFormats(store);
  const [sales, setSales] = useState<Sales | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const since = new Date(startOfDay(from, store.timeZone)).toISOString();
    void api<Sales>('GET', `/sales?storeId=${store.id}&from=${since}`).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setSales(answer.value);
      setFailure(answer.ok ? null : answer.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, store.id, store.timeZone, from]);

  const exportCsv = (all: Sales) => {
    const names = [t('figures.dish'), t('figures.sold'), t('figures.orders')];
    const rows = all.dishes.map(({ name, quantity, orders }) => [name, quantity, orders]);
    saveFile(`ticketrail-${store.id}-dishes.csv`, [toCsv([names, ...rows])], 'text/csv;charset=utf-8');
  };

  if (!sales) return <FailureLine failure={failure} />;
  return (
    <div className="charts">
      <section className="card">
        <h2>{t('figures.bySource')}</h2>
        <table data-testid="by-source">
          <thead>
            <tr>
              <th scope="col">{t('sheet.source')}</th>
              <th scope="col" className="number">
                {t('figures.orders')}
              </th>
              <th scope="col" className="number">
                {t('figures.revenue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sales.sources.map(({ source, orders, revenueMinor }) => (
              <tr key={source ?? ''}>
                <th scope="row">
                  <bdi>{source ?? t('figures.noSource')}</bdi>
                </th>
                <td className="number">{orders}</td>
                <td className="number">
                  <bdi>{money(revenueMinor)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card">
        <div className="row">
          <h2>{t('figures.byDish')}</h2>
          <button type="button" className="quiet end" data-testid="csv" onClick={() => exportCsv(sales)}>
            {t('orders.csv')}
          </button>
        </div>
        <table data-testid="by-dish">
          <thead>
            <tr>
              <th scope="col">{t('figures.dish')}</th>
              <th scope="col" className="number">
                {t('figures.sold')}
              </th>
              <th scope="col" className="number">
                {t('figures.orders')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sales.dishes.slice(0, 30).map(({ name, quantity, orders }) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td className="number">{quantity}</td>
                <td className="number">{orders}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
