import type { Path } from '#contract/history.ts';
import { formatDelay } from '../i18n/format.ts';
import { useText } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import css from './history.module.css';

const PATHS: readonly Path[] = ['socket', 'poll', 'snapshot'];

/** How changes arrived, as count and delay by path, and how often the link was restored. */
export function HistoryFigures() {
  const text = useText();
  const { t, day } = text;
  const figures = useAnswer('getPathFigures');
  if (!figures || figures.since === null) return null;
  return (
    <section className={css.paths} aria-label={t('history.figures', { time: day(figures.since) })}>
      {PATHS.map((path) => {
        const { count, medianMs, maxMs } = figures[path];
        return (
          <div key={path} className={css.path} data-path={path} data-testid={`path-${path}`}>
            <strong className="figures">{count}</strong>
            <span>{t(`history.path.${path}`)}</span>
            <small className="figures">
              {medianMs !== null && maxMs !== null
                ? t('history.delay', { median: formatDelay(medianMs, text), max: formatDelay(maxMs, text) })
                : '–'}
            </small>
          </div>
        );
      })}
      <div className={css.path} data-testid="reconnects">
        <strong className="figures">{figures.reconnects}</strong>
        <span>{t('history.reconnects')}</span>
        <small>{t('history.since', { time: day(figures.since) })}</small>
      </div>
    </section>
  );
}
