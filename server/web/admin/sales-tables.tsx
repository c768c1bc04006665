import type { Sales } from '#contract/sales.ts';
import type { Store } from '#contract/store.ts';
import { saveFile } from '#renderer/shared/save-file.ts';
import { useFormats, useText } from '../managing/page.tsx';
import { toCsv } from '../managing/to-csv.ts';

/** What was sold, by channel and by dish. */
export function SalesTables({ store, sales }: { store: Store; sales: Sales }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const exportCsv = () => {
    const names = [t('figures.dish'), t('figures.sold'), t('figures.orders')];
    const rows = sales.dishes.map(({ name, quantity, orders }) => [name, quantity, orders]);
    saveFile(`ticketrail-${store.id}-dishes.csv`, [toCsv([names, ...rows])], 'text/csv;charset=utf-8');
  };

  return (
    <>
      <section className="card">
        <h2>{t('figures.bySource')}</h2>
        <FigureTable
          mark="by-source"
          heads={[t('sheet.source'), t('figures.orders'), t('figures.revenue')]}
          rows={sales.sources.map(({ source, orders, revenueMinor }) => [
            source ?? t('figures.noSource'),
            orders,
            money(revenueMinor),
          ])}
        />
      </section>
      <section className="card">
        <div className="row">
          <h2>{t('figures.byDish')}</h2>
          {sales.dishes.length > 0 && (
            <button type="button" className="quiet end" data-testid="csv" onClick={exportCsv}>
              {t('orders.csv')}
            </button>
          )}
        </div>
        <FigureTable
          mark="by-dish"
          heads={[t('figures.dish'), t('figures.sold'), t('figures.orders')]}
          rows={sales.dishes.slice(0, 30).map(({ name, quantity, orders }) => [name, quantity, orders])}
        />
      </section>
    </>
  );
}

/** A name and two figures a row. */
function FigureTable({
  mark,
  heads,
  rows,
}: {
  mark: string;
  heads: readonly [string, string, string];
  rows: readonly (readonly [name: string, first: string | number, second: string | number])[];
}) {
  const { t } = useText();
  const [name, ...figures] = heads;
  if (rows.length === 0) return <p className="soft">{t('figures.none')}</p>;
  return (
    <table data-testid={mark}>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          {figures.map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([rowName, first, second]) => (
          <tr key={rowName}>
            <th scope="row">
              <bdi>{rowName}</bdi>
            </th>
            <td className="number">
              <bdi>{first}</bdi>
            </td>
            <td className="number">
              <bdi>{second}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
