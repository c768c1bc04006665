import type { Store } from '#contract/store.ts';
import { IsolatedList } from '../managing/isolated-list.tsx';
import { useFormats, useLive, useNow, useText } from '../managing/page.tsx';

/** Whether the shop takes orders now, in one line. */
export function AvailabilityLine({ store }: { store: Store }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const now = useNow();
  const takes = useLive((live) => live.availability[store.id]);
  if (!takes) return null;
  const { open, pausedUntil, busyUntil, unavailable } = takes;
  const isAhead = (until: string | null): until is string => until !== null && Date.parse(until) > now;
  return (
    <p className="row" data-testid="availability">
      <b>{t(open ? 'take.open' : 'take.closed')}</b>
      {isAhead(pausedUntil) && <span className="late">{t('take.pause.until', { time: when(pausedUntil) })}</span>}
      {isAhead(busyUntil) && <span>{t('take.busy.until', { time: when(busyUntil) })}</span>}
      {unavailable.length > 0 && (
        <span>
          {t('take.soldOut')}: <IsolatedList of={unavailable.map(({ name }) => name)} />
        </span>
      )}
    </p>
  );
}
