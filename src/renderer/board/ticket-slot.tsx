import { memo, useLayoutEffect, useRef } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useText } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import { allDone } from '../stations/station-progress.ts';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard, type TicketCardProps } from '../ticket/ticket-card.tsx';
import css from './ticket-slot.module.css';

/** A list item with its ticket. Memoised: a push renders only the tickets that it replaced. */
export const TicketSlot = memo(function TicketSlot(props: TicketCardProps) {
  const { t } = useText();
  const { order } = props.ticket;
  const prepared = useScope().screen === 'expo' && order.status === 'preparing' && allDone(order);
  return (
    <li className={css.slot} data-testid="ticket-slot" data-prepared={prepared}>
      <TicketBoundary ticket={props.ticket} sentence={t('ticket.broken')}>
        <TicketCard {...props} />
      </TicketBoundary>
    </li>
  );
});

/** The empty place of a ticket that has left: as large as it was, and nothing to see, to tap or to find. */
export const EmptySlot = memo(
  function EmptySlot({ ticket }: { ticket: Ticket }) {
    const slot = useRef<HTMLLIElement>(null);
    useLayoutEffect(() => {
      for (const part of slot.current?.querySelectorAll('*') ?? [])
        for (const mark of ['data-testid', 'data-order-id', 'data-selected']) part.removeAttribute(mark);
    }, []);
    return (
      <li className={css.slot} ref={slot} data-gone="true" inert>
        <TicketCard ticket={ticket} selected={false} digit={null} />
      </li>
    );
  },
  () => true,
);
