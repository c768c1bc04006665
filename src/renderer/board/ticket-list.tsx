import type { Ticket } from '#contract/bridge.ts';
import { useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard } from '../ticket/ticket-card.tsx';
import type { View } from '../view-store/view-store.ts';

const selected = (ui: Ui) => ui.selected;
const cleared = (ui: Ui) => ui.cleared;
const endedFrom = (view: View) => view.board.endedFrom;

/** Tickets side by side. `firstDigit` is the digit that picks the first of them; nine can be picked by one digit. */
export function TicketList({ tickets, firstDigit }: { tickets: readonly Ticket[]; firstDigit: number }) {
  const { t } = useText();
  const chosen = useUi(selected);
  const hidden = useUi(cleared);
  const ended = useView(endedFrom);
  return (
    <ol className="tickets">
      {tickets.map((ticket, i) => {
        const { id } = ticket.order;
        const digit = firstDigit + i;
        return (
          <li key={id} className="peg">
            <TicketBoundary ticket={ticket} sentence={t('ticket.broken')}>
              <TicketCard
                ticket={ticket}
                selected={chosen === id}
                digit={digit <= 9 ? digit : null}
                clearable={ended.has(id) && !hidden.has(id)}
              />
            </TicketBoundary>
          </li>
        );
      })}
    </ol>
  );
}
