import { Inbox } from 'lucide-react';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';
import css from './header.module.css';

const count = (view: View) => view.status?.queueCount ?? 0;

/** How many taps the server has not answered yet; opens their list. Its text contains one number (contract, section 8). */
export function QueueCount() {
  const { ui } = useScreen();
  const { t } = useText();
  const waiting = useView(count);
  const label = t('queue.label', { count: waiting });
  return (
    <button
      type="button"
      className={css.chip}
      data-waiting={waiting > 0}
      data-testid="open-waiting"
      aria-haspopup="dialog"
      title={label}
      onClick={() => ui.setState({ panel: 'waiting' })}
    >
      <Inbox aria-hidden="true" />
      <span role="img" aria-label={label} className="figures" data-testid="queue-count">
        {waiting}
      </span>
    </button>
  );
}
