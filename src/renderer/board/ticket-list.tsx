import { memo } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import css from './ticket-list.module.css';
import { TicketSlot } from './ticket-slot.tsx';

const selectedId = (ui: Ui) => ui.selected;

/** Estimated height of a ticket that has never been laid out, rem. */
const TICKET_REM = 18;

interface TicketListProps {
  tickets: readonly Ticket[];
  /** Part of a stack; the browser skips it as a whole while it is out of sight. */
  chunk?: boolean;
}

/** Tickets side by side; in a chunk, one below the other. Memoised: a push for another list does not render it. */
export const TicketList = memo(function TicketList({ tickets, chunk = false }: TicketListProps) {
  const selected = useUi(selectedId);
  return (
    <ol
      className={css.tickets}
      data-testid="tickets"
      data-chunk={chunk}
      style={{ containIntrinsicHeight: `auto ${TICKET_REM * tickets.length}rem` }}
    >
      {tickets.map((ticket) => (
        <TicketSlot key={ticket.order.id} ticket={ticket} selected={selected === ticket.order.id} />
      ))}
    </ol>
  );
});
