import { Bell, BellOff, BellRing, Inbox } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../shared/button.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useSilenceReason } from '../sound/silence-reason.ts';
import css from './header.module.css';

/** How many orders nobody has acknowledged; the bell also shows whether this screen can ring. */
export function NewCount() {
  const { sound } = useScreen();
  const { t } = useText();
  const count = useView((view) => view.status?.alarm.orderIds.length ?? 0);
  const ready = useStore(sound) === 'ready';
  const audible = useSilenceReason() === null && ready;
  const Icon = !audible ? BellOff : count > 0 ? BellRing : Bell;
  const label = t('unseen.label', { count });
  return (
    <div className={`${css.chip} ${css.unseen}`} data-waiting={count > 0} data-audible={audible} title={label}>
      <Icon />
      <span role="img" aria-label={label} className="figures" data-testid="new-count">
        {count}
      </span>
    </div>
  );
}

/** How many taps the server has not answered yet; opens their list. Its text contains one number (contract, section 8). */
export function QueueCount() {
  const { ui } = useScreen();
  const { t } = useText();
  const count = useView((view) => view.status?.queueCount ?? 0);
  const label = t('queue.label', { count });
  return (
    <Button
      icon={Inbox}
      className={css.chip}
      data-waiting={count > 0}
      mark="open-waiting"
      aria-haspopup="dialog"
      title={label}
      onClick={() => ui.setState({ panel: 'waiting' })}
    >
      <span role="img" aria-label={label} className="figures" data-testid="queue-count">
        {count}
      </span>
    </Button>
  );
}
