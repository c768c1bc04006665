import { ChefHat } from 'lucide-react';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import css from './start-times.module.css';
import { useStepTap } from './use-step-tap.ts';

/** Minutes in which an order can be promised. */
const MINUTES = [10, 15, 20];

/** Buttons that start a new order and promise it in so many minutes. Plain Start, in the head, promises nothing. */
export function StartTimes({ ticket }: { ticket: Ticket }) {
  return (
    <div className={css.times} data-testid="start-times">
      <ChefHat />
      {MINUTES.map((minutes) => (
        <StartTime key={minutes} ticket={ticket} minutes={minutes} />
      ))}
    </div>
  );
}

function StartTime({ ticket, minutes }: { ticket: Ticket; minutes: number }) {
  const { actions } = useScreen();
  const { t } = useText();
  const { armed, tap } = useStepTap(() => actions.startIn(ticket, minutes));
  return (
    <button
      type="button"
      className={css.time}
      data-testid="start-in"
      data-minutes={minutes}
      data-armed={armed}
      aria-label={t('start.in', { number: ticket.order.number, minutes })}
      onClick={tap}
    >
      {armed ? t('step.again') : t('delay.minutes', { minutes })}
    </button>
  );
}
