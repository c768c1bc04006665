import { memo } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { Peg } from './peg.tsx';

const selected = (ui: Ui) => ui.selected;

/** About how high a ticket hangs, rem: so high is taken one that is out of sight and was never in it. */
const TICKET_REM = 18;

interface TicketListProps {
  tickets: readonly Ticket[];
  /** The digit that picks the first of them; nine can be picked by one digit. */
  firstDigit: number;
}

/** Tickets side by side, or one below the other. Memoised: a push for another list does not touch it. */
export const TicketList = memo(function TicketList({ tickets, firstDigit }: TicketListProps) {
  const chosen = useUi(selected);
  return (
    <ol className="tickets" style={{ containIntrinsicHeight: `auto ${TICKET_REM * tickets.length}rem` }}>
      {tickets.map((ticket, i) => {
        const { id } = ticket.order;
        const digit = firstDigit + i;
        return <Peg key={id} ticket={ticket} selected={chosen === id} digit={digit <= 9 ? digit : null} />;
      })}
    </ol>
  );
});
