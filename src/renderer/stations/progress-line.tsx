import { Check } from 'lucide-react';
import type { Order } from '#contract/order.ts';
import { useText } from '../shared/screen.tsx';
import css from './progress-line.module.css';
import { useScope } from './scope-context.tsx';
import { allDone, stationProgress } from './station-progress.ts';

/** Shows at the expo how far each station is with the order. */
export function ProgressLine({ order }: { order: Order }) {
  const scope = useScope();
  const { t } = useText();
  if (scope.screen !== 'expo' || order.status !== 'preparing') return null;
  if (allDone(order))
    return (
      <p className={css.line} data-testid="prep" data-done="true">
        <Check />
        {t('expo.done')}
      </p>
    );
  return (
    <ul className={css.line} data-testid="prep" data-done="false">
      {stationProgress(order, scope.stations, scope.where).map(({ station, done, all }) => (
        <li key={station?.id ?? ''} className={css.part} data-done={done === all}>
          {done === all && <Check />}
          <bdi className="ellipsis">{station?.name ?? t('expo.other')}</bdi>
          <span className="figures">
            {done}/{all}
          </span>
        </li>
      ))}
    </ul>
  );
}
