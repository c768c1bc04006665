import { Inbox } from 'lucide-react';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import type { View } from '../view-store/view-store.ts';

const count = (view: View) => view.status?.queueCount ?? 0;

/** Taps that the server has not answered yet; tapped, it shows them. Its text holds one number (contract, section 8). */
export function QueueCount() {
  const { ui } = useScreen();
  const { t } = useText();
  const waiting = useView(count);
  const label = t('queue.label', { count: waiting });
  return (
    <button
      type="button"
      className="chip queue"
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
