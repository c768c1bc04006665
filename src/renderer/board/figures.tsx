import { formatAge, formatMoney } from '../i18n/format.ts';
import { useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';

const stats = (view: View) => view.status?.stats ?? null;
const currency = (view: View) => view.status?.store?.currency ?? null;
const NONE = '–';

/** Today's figures, as the server last gave them. */
export function Figures() {
  const { t, locale } = useText();
  const today = useView(stats);
  const code = useView(currency);
  const money = (minor: number | undefined) => (minor === undefined || !code ? NONE : formatMoney(minor, code, locale));
  const median = today?.preparation.medianSeconds ?? null;
  return (
    <dl className="figures-row">
      <Figure name={t('stats.orders')} mark="stats-orders" value={today ? String(today.orders) : NONE} />
      <Figure name={t('stats.revenue')} mark="stats-revenue" value={money(today?.revenueMinor)} />
      <Figure name={t('stats.average')} mark="stats-average" value={money(today?.averageMinor)} />
      <Figure name={t('stats.median')} mark="stats-median" value={median === null ? NONE : formatAge(median * 1000)} />
    </dl>
  );
}

function Figure({ name, mark, value }: { name: string; mark: string; value: string }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figures" data-testid={mark}>
        {value}
      </dd>
    </div>
  );
}
