import type { Figures } from '#contract/figures.ts';
import { isOpen, STATUSES } from '#contract/status.ts';
import type { Stats } from '#contract/sync.ts';
import { formatAge } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import css from './figures.module.css';

const NONE = '–';

/** The figures, each with its name. */
export function Tiles({ figures, money }: { figures: Figures; money: (minor: number) => string }) {
  const { t, locale } = useText();
  const { stats, late, recalled } = figures;
  const { medianSeconds, p90Seconds } = stats.preparation;
  const open = STATUSES.filter(isOpen).reduce((sum, status) => sum + (stats.byStatus[status] ?? 0), 0);
  const lasted = (seconds: number | null) => (seconds ? formatAge(seconds * 1_000) : NONE);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <dl className={css.tiles}>
      <Tile name={t('figures.orders')} mark="figures-orders" value={stats.orders} />
      <Tile name={t('figures.open')} mark="figures-open" value={open} />
      <Tile name={t('figures.revenue')} mark="figures-revenue" value={money(stats.revenueMinor)} />
      <Tile name={t('figures.average')} mark="figures-average" value={money(stats.averageMinor)} />
      <Tile name={t('figures.median')} mark="figures-median" value={lasted(medianSeconds)} />
      <Tile name={t('figures.p90')} mark="figures-p90" value={lasted(p90Seconds)} />
      <Tile
        name={t('figures.onTime')}
        mark="figures-on-time"
        value={stats.onTimeShare === null ? NONE : percent.format(stats.onTimeShare)}
      />
      <Tile name={t('figures.late')} mark="figures-late" value={late} />
      <Tile name={t('figures.recalled')} mark="figures-recalled" value={recalled} />
    </dl>
  );
}

function Tile({ name, mark, value }: { name: string; mark: string; value: string | number }) {
  return (
    <div className={css.tile}>
      <dt>{name}</dt>
      <dd className="figures" data-testid={mark}>
        {value}
      </dd>
    </div>
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
