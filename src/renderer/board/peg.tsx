import { memo } from 'react';
import { useText } from '../shared/screen.tsx';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard, type TicketCardProps } from '../ticket/ticket-card.tsx';

/** A place on the rail with its ticket. Memoised: a push draws again the tickets that it replaced, and no other. */
export const Peg = memo(function Peg(props: TicketCardProps) {
  const { t } = useText();
  return (
    <li className="peg">
      <TicketBoundary ticket={props.ticket} sentence={t('ticket.broken')}>
        <TicketCard {...props} />
      </TicketBoundary>
    </li>
  );
});
