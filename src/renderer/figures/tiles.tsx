import type { Figures } from '#contract/figures.ts';
import { isOpen, STATUSES } from '#contract/status.ts';
import type { Stats } from '#contract/sync.ts';
import { formatAge } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import { FigureList } from './figure-list.tsx';
import css from './figures.module.css';

const NONE = '–';

/** The figures, each with its name. */
export function Tiles({ figures, money }: { figures: Figures; money: (minor: number) => string }) {
  const { locale } = useText();
  const { stats, late, recalled } = figures;
  const { medianSeconds, p90Seconds } = stats.preparation;
  const open = STATUSES.filter(isOpen).reduce((sum, status) => sum + (stats.byStatus[status] ?? 0), 0);
  const lasted = (seconds: number | null) => (seconds ? formatAge(seconds * 1_000) : NONE);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <FigureList
      className={css.tiles}
      figureClass={css.tile}
      figures={[
        ['figures.orders', 'figures-orders', stats.orders],
        ['figures.open', 'figures-open', open],
        ['figures.revenue', 'figures-revenue', money(stats.revenueMinor)],
        ['figures.average', 'figures-average', money(stats.averageMinor)],
        ['figures.median', 'figures-median', lasted(medianSeconds)],
        ['figures.p90', 'figures-p90', lasted(p90Seconds)],
        ['figures.onTime', 'figures-on-time', stats.onTimeShare === null ? NONE : percent.format(stats.onTimeShare)],
        ['figures.late', 'figures-late', late],
        ['figures.recalled', 'figures-recalled', recalled],
      ]}
    />
  );
}

/** Orders by status: as one bar, and in words. */
export function StatusShares({ stats: { byStatus, orders } }: { stats: Stats }) {
  const { t } = useText();
  const shares = STATUSES.map((status) => ({ status, count: byStatus[status] ?? 0 })).filter(({ count }) => count > 0);
  if (orders === 0) return null;
  return (
    <section className={css.shares} aria-label={t('figures.byStatus')}>
      <div className={css.sharesBar} aria-hidden="true">
        {shares.map(({ status, count }) => (
          <span key={status} data-status={status} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul>
        {shares.map(({ status, count }) => (
          <li key={status} data-status={status} data-testid={`figures-status-${status}`}>
            <b className="figures">{count}</b> {t(`status.${status}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
