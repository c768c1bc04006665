import { type MouseEvent, useEffect, useState } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import type { TextKey } from '../i18n/text.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';

/** How long after the first tap a second one counts as a double tap, ms. */
const AGAIN_MS = 800;

/** The next step. The setting may ask for two taps, against sleeves and elbows; a key always works at once. */
export function StepButton({ ticket, step }: { ticket: Ticket; step: TextKey }) {
  const { actions, view } = useScreen();
  const { t } = useText();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [armed]);

  function tap({ detail }: MouseEvent): void {
    // Read on demand: five hundred tickets need not subscribe to a setting.
    const twice = view.getState().status?.settings.bumpBy === 'double_tap';
    const byKey = detail === 0;
    setArmed(twice && !byKey && !armed);
    if (twice ? armed || byKey : detail <= 1) actions.bump(ticket);
  }

  return (
    <button
      type="button"
      className={buttons.step}
      data-testid="ticket-action"
      data-step={step}
      data-armed={armed}
      aria-label={`${t(armed ? 'step.again' : step)}, ${t('ticket.number', { number: ticket.order.number })}`}
      onClick={tap}
    >
      {t(armed ? 'step.again' : step)}
    </button>
  );
}
