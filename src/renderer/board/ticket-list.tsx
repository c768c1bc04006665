import type { Ticket } from '#contract/bridge.ts';
import { useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { View } from '../view-store/view-store.ts';
import { Peg } from './peg.tsx';

const selected = (ui: Ui) => ui.selected;
const cleared = (ui: Ui) => ui.cleared;
const endedFrom = (view: View) => view.board.endedFrom;

/** Tickets side by side. `firstDigit` is the digit that picks the first of them; nine can be picked by one digit. */
export function TicketList({ tickets, firstDigit }: { tickets: readonly Ticket[]; firstDigit: number }) {
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
}
