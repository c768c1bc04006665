import { Ellipsis, Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { recallHere, stepHere } from '../stations/bump-here.ts';
import { useScope } from '../stations/scope-context.tsx';
import buttons from '../styles/buttons.module.css';
import { StepButton } from './step-button.tsx';
import css from './ticket-foot.module.css';

/** The next step and, beside it, recall and the sheet with everything else. */
export function TicketFoot({ ticket }: { ticket: Ticket }) {
  const { actions, ui, now } = useScreen();
  const { t } = useText();
  const { order } = ticket;
  const scope = useScope();
  const step = stepHere(order, scope);
  const recallable =
    recallHere(order, scope) !== null ||
    (previousStatus(order.status, order.fulfilment) !== null && recallIsOpen(order.status, order.statusSince, now()));
  const recall = (event: MouseEvent) => {
    if (once(event)) actions.recall(ticket);
  };

  return (
    <footer className={css.foot}>
      {ticket.pending && <span className={css.pending}>{t('ticket.pending')}</span>}
      {step && <StepButton ticket={ticket} step={step} />}
      {ticket.ended && (
        <button
          type="button"
          className={buttons.step}
          data-testid="ticket-clear"
          onClick={() => actions.seenMarks(ticket)}
        >
          {t('ticket.clear')}
        </button>
      )}
      {recallable && !step && (
        <button type="button" className={buttons.step} data-testid="ticket-recall" onClick={recall}>
          <Undo2 aria-hidden="true" />
          {t('ticket.recall')}
        </button>
      )}
      <span className={css.sides}>
        {recallable && step && (
          <button
            type="button"
            className={buttons.side}
            data-testid="ticket-recall"
            aria-label={t('ticket.recall')}
            title={t('ticket.recall')}
            onClick={recall}
          >
            <Undo2 aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className={buttons.side}
          data-testid="ticket-more"
          aria-haspopup="dialog"
          aria-label={t('ticket.more', { number: order.number })}
          onClick={() => ui.setState({ sheet: order.id })}
        >
          <Ellipsis aria-hidden="true" />
        </button>
      </span>
    </footer>
  );
}

/**
 * A double tap counts once: the ticket moves after the first tap, and the second would hit its next step or the ticket
 * that took its place.
 */
const once = (event: MouseEvent): boolean => event.detail <= 1;
