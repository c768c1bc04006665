import { ChartColumn } from 'lucide-react';
import { formatAge } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useMoney } from '../shared/use-money.ts';
import css from './foot-figures.module.css';

const NONE = '–';

/** Today's figures in the footer, with a button that opens the panel. */
export function FootFigures() {
  const { ui } = useScreen();
  const { t } = useText();
  const today = useView((view) => view.status?.stats ?? null);
  const code = useView((view) => view.status?.store?.currency ?? null);
  const inCurrency = useMoney();
  const money = (minor: number | undefined) => (minor === undefined || !code ? NONE : inCurrency(minor, code));
  const median = today?.preparation.medianSeconds ?? null;
  return (
    <div className={css.row}>
      <Button
        icon={ChartColumn}
        className={css.open}
        mark="open-figures"
        aria-haspopup="dialog"
        aria-label={t('figures.title')}
        title={t('figures.title')}
        onClick={() => ui.setState({ panel: 'figures' })}
      />
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
