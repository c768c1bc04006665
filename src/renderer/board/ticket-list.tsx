import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Ticket } from '#contract/ticket.ts';
import { useUi } from '../shared/screen.tsx';
import { digitOf, type Ui } from '../shared/ui-store.ts';
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
  const digits = useUi(useShallow((ui) => tickets.map(({ order }) => digitOf(ui.numbered, order.id))));
  return (
    <ol
      className={css.tickets}
      data-testid="tickets"
      data-chunk={chunk}
      style={{ containIntrinsicHeight: `auto ${TICKET_REM * tickets.length}rem` }}
    >
      {tickets.map((ticket, i) => {
        const { id } = ticket.order;
        return <TicketSlot key={id} ticket={ticket} selected={selected === id} digit={digits[i] ?? null} />;
      })}
    </ol>
  );
});
