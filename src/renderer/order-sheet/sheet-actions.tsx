import { Ban, Banknote, CircleX, Clock, Star } from 'lucide-react';
import { isOpen, moveOf } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import css from './order-sheet.module.css';
import type { End } from './reason-form.tsx';

const DELAYS = [5, 10, 15];

interface Props {
  ticket: Ticket;
  /** An action was taken: close the sheet. */
  onDone(): void;
  /** The action needs a reason first. */
  onEnd(to: End): void;
}

/** The actions on an order beside the next step. */
export function SheetActions({ ticket, onDone, onEnd }: Props) {
  const { actions } = useScreen();
  const { t } = useText();
  const { order } = ticket;
  const open = isOpen(order.status);
  const paid = order.payment.status === 'paid';
  const canEnd = (to: End) => moveOf(order.status, to, order.fulfilment) === 'end';
  const then = (run: () => void) => () => {
    run();
    onDone();
  };
  return (
    <>
      {open && (
        <fieldset className={css.delays}>
          <legend>
            <Clock aria-hidden="true" />
            {t('delay.label')}
          </legend>
          {DELAYS.map((minutes) => (
            <button
              key={minutes}
              type="button"
              className={buttons.choice}
              data-testid="delay"
              data-minutes={minutes}
              onClick={then(() => actions.delay(ticket, minutes))}
            >
              {t('delay.minutes', { minutes })}
            </button>
          ))}
        </fieldset>
      )}
      <div className={css.sheetActions}>
        {open && (
          <button
            type="button"
            className={buttons.choice}
            data-testid="set-priority"
            onClick={then(() => actions.setPriority(ticket, !order.priority))}
          >
            <Star aria-hidden="true" />
            {t(order.priority ? 'sheet.unprioritise' : 'sheet.prioritise')}
          </button>
        )}
        {(paid || order.payment.status !== 'refunded') && (
          <button
            type="button"
            className={buttons.choice}
            data-testid="set-paid"
            onClick={then(() => actions.setPaid(ticket, !paid))}
          >
            <Banknote aria-hidden="true" />
            {t(paid ? 'sheet.unpaid' : 'sheet.paid')}
          </button>
        )}
        {canEnd('rejected') && (
          <button
            type="button"
            className={`${buttons.choice} ${css.grave}`}
            data-testid="reject"
            onClick={() => onEnd('rejected')}
          >
            <CircleX aria-hidden="true" />
            {t('sheet.reject')}
          </button>
        )}
        {canEnd('cancelled') && (
          <button
            type="button"
            className={`${buttons.choice} ${css.grave}`}
            data-testid="cancel"
            onClick={() => onEnd('cancelled')}
          >
            <Ban aria-hidden="true" />
            {t('sheet.cancel')}
          </button>
        )}
      </div>
    </>
  );
}
