import { ChartColumn } from 'lucide-react';
import { formatAge } from '../i18n/format.ts';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useMoney } from '../shared/use-money.ts';
import type { View } from '../view-store/view-store.ts';
import css from './foot-figures.module.css';

const stats = (view: View) => view.status?.stats ?? null;
const currency = (view: View) => view.status?.store?.currency ?? null;
const NONE = '–';

/** Today's figures in the footer, with a button that opens the panel. */
export function FootFigures() {
  const { ui } = useScreen();
  const { t } = useText();
  const today = useView(stats);
  const code = useView(currency);
  const inCurrency = useMoney();
  const money = (minor: number | undefined) => (minor === undefined || !code ? NONE : inCurrency(minor, code));
  const median = today?.preparation.medianSeconds ?? null;
  return (
    <div className={css.row}>
      <button
        type="button"
        className={css.open}
        data-testid="open-figures"
        aria-haspopup="dialog"
        aria-label={t('figures.title')}
        title={t('figures.title')}
        onClick={() => ui.setState({ panel: 'figures' })}
      >
        <ChartColumn aria-hidden="true" />
      </button>
      <dl>
        <Figure name={t('stats.orders')} mark="stats-orders" value={today ? String(today.orders) : NONE} />
        <Figure name={t('stats.revenue')} mark="stats-revenue" value={money(today?.revenueMinor)} />
        <Figure name={t('stats.average')} mark="stats-average" value={money(today?.averageMinor)} />
        <Figure name={t('stats.median')} mark="stats-median" value={median ? formatAge(median * 1_000) : NONE} />
      </dl>
    </div>
  );
}

function Figure({ name, mark, value }: { name: string; mark: string; value: string }) {
  return (
    <div className={css.figure}>
      <dt>{name}</dt>
      <dd className="figures" data-testid={mark}>
        {value}
      </dd>
    </div>
  );
}
