import { STATUSES } from '#contract/status.ts';
import type { Stats } from '#contract/sync.ts';
import { useText } from '../shared/screen.tsx';
import css from './figures.module.css';

/** How many orders stand where: a bar to see it at a traySummary, and each part of it in words. */
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
