import { Ellipsis, Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { nextStep } from './next-step.ts';

/** The next step, and beside it the way back and everything else. */
export function TicketFoot({ ticket, clearable }: { ticket: Ticket; clearable: boolean }) {
  const { actions, ui, now } = useScreen();
  const { t } = useText();
  const { order } = ticket;
  const step = nextStep(order);
  const recallable =
    previousStatus(order.status, order.fulfilment) !== null && recallIsOpen(order.status, order.statusSince, now());
  const clear = () => ui.setState(({ cleared }) => ({ cleared: new Set(cleared).add(order.id) }));

  return (
    <footer className="ticket-foot">
      {ticket.pending && <span className="ticket-pending">{t('ticket.pending')}</span>}
      {step && (
        <button
          type="button"
          className="step"
          data-testid="ticket-action"
          data-step={step}
          onClick={(event) => once(event) && actions.bump(ticket)}
        >
          {t(step)}
        </button>
      )}
      {clearable && (
        <button type="button" className="step" data-testid="ticket-clear" onClick={clear}>
          {t('ticket.clear')}
        </button>
      )}
      {recallable && (
        <button
          type="button"
          className={step ? 'side' : 'step'}
          data-testid="ticket-recall"
          aria-label={step ? t('ticket.recall') : undefined}
          title={t('ticket.recall')}
          onClick={(event) => once(event) && actions.recall(ticket)}
        >
          <Undo2 aria-hidden="true" />
          {!step && t('ticket.recall')}
        </button>
      )}
      <button
        type="button"
        className="side"
        data-testid="ticket-more"
        aria-haspopup="dialog"
        aria-label={t('ticket.more', { number: order.number })}
        onClick={() => ui.setState({ sheet: order.id })}
      >
        <Ellipsis aria-hidden="true" />
      </button>
    </footer>
  );
}

/**
 * A double tap counts once: after the first tap the ticket moves on, and the second would land on the next step, or on
 * the ticket that slid under the finger.
 */
const once = (event: MouseEvent): boolean => event.detail <= 1;
