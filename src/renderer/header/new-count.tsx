import { Bell, BellOff, BellRing } from 'lucide-react';
import { useStore } from 'zustand';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useSilenceReason } from '../sound/use-silence-reason.ts';
import type { View } from '../view-store/view-store.ts';
import css from './header.module.css';

const unseen = (view: View) => view.status?.alarm.orderIds.length ?? 0;

/** How many orders nobody has acknowledged; the bell also shows whether this screen can ring. */
export function NewCount() {
  const { sound } = useScreen();
  const { t } = useText();
  const count = useView(unseen);
  const ready = useStore(sound) === 'ready';
  const audible = useSilenceReason() === null && ready;
  const Icon = !audible ? BellOff : count > 0 ? BellRing : Bell;
  const label = t('unseen.label', { count });
  return (
    <div className={`${css.chip} ${css.unseen}`} data-waiting={count > 0} data-audible={audible} title={label}>
      <Icon aria-hidden="true" />
      <span role="img" aria-label={label} className="figures" data-testid="new-count">
        {count}
      </span>
    </div>
  );
}
