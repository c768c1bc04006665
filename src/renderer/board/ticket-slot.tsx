import { memo, useLayoutEffect, useRef } from 'react';
import { useText } from '../shared/screen.tsx';
import { useScope } from '../stations/scope-context.tsx';
import { allDone } from '../stations/station-progress.ts';
import { TicketBoundary } from '../ticket/ticket-boundary.tsx';
import { TicketCard, type TicketCardProps } from '../ticket/ticket-card.tsx';
import css from './ticket-slot.module.css';

export interface TicketSlotProps extends TicketCardProps {
  /** It has left; its place stays empty, as large as it was, with nothing to see, to tap or to find. */
  isGone?: boolean;
}

/** What tests and assistive tools find a ticket by. */
const MARKS = ['data-testid', 'data-order-id', 'data-selected'];

/**
 * A list item with its ticket. Memoised: a push renders only the tickets that it replaced. One that leaves is hidden as it is,
 * since other contents would lay out all that flows.
 */
export const TicketSlot = memo(function TicketSlot({ isGone = false, ...card }: TicketSlotProps) {
  const { t } = useText();
  const { order } = card.ticket;
  const slot = useRef<HTMLLIElement>(null);
  const prepared = useScope().screen === 'expo' && order.status === 'preparing' && allDone(order);
  useLayoutEffect(() => {
    if (!isGone) return;
    for (const part of slot.current?.querySelectorAll('*') ?? []) for (const mark of MARKS) part.removeAttribute(mark);
  }, [isGone]);
  return (
    <li
      ref={slot}
      className={css.slot}
      data-testid={isGone ? undefined : 'ticket-slot'}
      data-prepared={prepared}
      data-gone={isGone}
      inert={isGone}
    >
      <TicketBoundary ticket={card.ticket} sentence={t('ticket.broken')}>
        <TicketCard {...card} />
      </TicketBoundary>
    </li>
  );
});
