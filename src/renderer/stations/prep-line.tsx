import { Check } from 'lucide-react';
import type { Order } from '#contract/order.ts';
import { useText } from '../shared/screen.tsx';
import { allDone, prepOf } from './prep-of.ts';
import { useScope } from './scope-context.tsx';
import './prep-line.css';

/** At the expo: how far each station is, and in words when all of it is done. */
export function PrepLine({ order }: { order: Order }) {
  const scope = useScope();
  const { t } = useText();
  if (scope.screen !== 'expo' || order.status !== 'preparing') return null;
  if (allDone(order))
    return (
      <p className="prep" data-testid="prep" data-done="true">
        <Check aria-hidden="true" />
        {t('expo.done')}
      </p>
    );
  return (
    <ul className="prep" data-testid="prep" data-done="false">
      {prepOf(order, scope.stations, scope.where).map(({ station, done, all }) => (
        <li key={station?.id ?? ''} className="prep-part" data-done={done === all}>
          {done === all && <Check aria-hidden="true" />}
          <bdi className="ellipsis">{station?.name ?? t('expo.other')}</bdi>
          <span className="figures">
            {done}/{all}
          </span>
        </li>
      ))}
    </ul>
  );
}
