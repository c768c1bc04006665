import { memo } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { View } from '../view-store/view-store.ts';
import { Peg } from './peg.tsx';

const selected = (ui: Ui) => ui.selected;
const cleared = (ui: Ui) => ui.cleared;
const endedFrom = (view: View) => view.board.endedFrom;

interface TicketListProps {
  tickets: readonly Ticket[];
  /** The digit that picks the first of them; nine can be picked by one digit. */
  firstDigit: number;
}

/** Tickets side by side, or one below the other. Memoised: a push for another stack does not touch it. */
export const TicketList = memo(function TicketList({ tickets, firstDigit }: TicketListProps) {
  const chosen = useUi(selected);
  const hidden = useUi(cleared);
  const ended = useView(endedFrom);
  return (
    <ol className="tickets">
      {tickets.map((ticket, i) => {
        const { id } = ticket.order;
        const digit = firstDigit + i;
        return (
          <Peg
            key={id}
            ticket={ticket}
            selected={chosen === id}
            digit={digit <= 9 ? digit : null}
            clearable={ended.has(id) && !hidden.has(id)}
          />
        );
      })}
    </ol>
  );
});
