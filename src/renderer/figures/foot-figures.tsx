import { ChartColumn } from 'lucide-react';
import { formatAge } from '../i18n/format.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { FigureList } from './figure-list.tsx';
import css from './foot-figures.module.css';

const NONE = '–';

/** Today's figures in the footer, with a button that opens the panel. */
export function FootFigures() {
  const { ui } = useScreen();
  const { t, money } = useText();
  const today = useView((view) => view.status?.stats ?? null);
  const code = useView((view) => view.status?.store?.currency ?? null);
  const amount = (minor: number | undefined) => (minor === undefined || !code ? NONE : money(minor, code));
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
      <FigureList
        figureClass={css.figure}
        figures={[
          ['stats.orders', 'stats-orders', today ? String(today.orders) : NONE],
          ['stats.revenue', 'stats-revenue', amount(today?.revenueMinor)],
          ['stats.average', 'stats-average', amount(today?.averageMinor)],
          ['stats.median', 'stats-median', median ? formatAge(median * 1_000) : NONE],
        ]}
      />
    </div>
  );
}
