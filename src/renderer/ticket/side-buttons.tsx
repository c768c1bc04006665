import { Ellipsis, Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import css from './ticket-buttons.module.css';

/** Beside the next step of an order: recall, where it is possible, and the sheet with everything else. */
export function SideButtons({ ticket, canRecall }: { ticket: Ticket; canRecall: boolean }) {
  const { actions, ui } = useScreen();
  const { t } = useText();
  // Of a double tap, the first counts.
  const recall = ({ detail }: MouseEvent) => {
    if (detail <= 1) actions.recall(ticket);
  };
  return (
    <>
      {canRecall && (
        <button
          type="button"
          className={css.side}
          data-testid="ticket-recall"
          aria-label={t('ticket.recall')}
          title={t('ticket.recall')}
          onClick={recall}
        >
          <Undo2 />
        </button>
      )}
      <button
        type="button"
        className={css.side}
        data-testid="ticket-more"
        aria-haspopup="dialog"
        aria-label={t('ticket.more', { number: ticket.order.number })}
        onClick={() => ui.setState({ sheet: ticket.order.id })}
      >
        <Ellipsis />
      </button>
    </>
  );
}
