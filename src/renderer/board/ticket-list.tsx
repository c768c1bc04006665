import type { Ticket } from '#contract/bridge.ts';
import { useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { Peg } from './peg.tsx';

const selected = (ui: Ui) => ui.selected;

/** Tickets side by side. `firstDigit` is the digit that picks the first of them; nine can be picked by one digit. */
export function TicketList({ tickets, firstDigit }: { tickets: readonly Ticket[]; firstDigit: number }) {
  const chosen = useUi(selected);
  return (
    <ol className="tickets">
      {tickets.map((ticket, i) => {
        const { id } = ticket.order;
        const digit = firstDigit + i;
        return <Peg key={id} ticket={ticket} selected={chosen === id} digit={digit <= 9 ? digit : null} />;
      })}
    </ol>
  );
}
