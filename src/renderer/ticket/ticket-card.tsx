import { useEffect, useRef } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { isOpen } from '#contract/status.ts';
import { formatTime } from '../i18n/format.ts';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText, useTimeZone } from '../shared/screen.tsx';
import { PrepLine } from '../stations/prep-line.tsx';
import { allergensOf } from './allergens.ts';
import { TicketChanges } from './ticket-changes.tsx';
import { TicketFoot } from './ticket-foot.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketItems } from './ticket-items.tsx';
import { useAgeBand } from './use-age.ts';
import './ticket.css';

export interface TicketCardProps {
  ticket: Ticket;
  selected: boolean;
  /** The digit that picks it, when it has one. */
  digit: number | null;
}

/** One paper on the rail. */
export function TicketCard({ ticket, selected, digit }: TicketCardProps) {
  const { ui } = useScreen();
  const { t, locale } = useText();
  const timeZone = useTimeZone();
  const band = useAgeBand(ticket);
  const paper = useRef<HTMLElement>(null);
  const { order } = ticket;
  const ended = order.status === 'cancelled' || order.status === 'rejected';
  const allergens = allergensOf(order);

  useEffect(() => {
    if (selected && !paper.current?.contains(document.activeElement)) paper.current?.focus();
  }, [selected]);

  return (
    <article
      ref={paper}
      className="ticket"
      data-testid="ticket"
      data-order-id={order.id}
      data-status={order.status}
      data-pending={ticket.pending}
      data-age={band}
      data-unseen={order.status === 'pending' && order.acknowledgedAt === null}
      data-priority={order.priority && isOpen(order.status)}
      data-changed={ticket.marks !== null}
      data-selected={selected}
      tabIndex={-1}
      aria-label={t('ticket.label', { number: order.number, status: t(`status.${order.status}`) })}
      onFocus={() => ui.setState({ selected: order.id })}
    >
      <TicketHead ticket={ticket} band={band} digit={digit} />
      {ticket.marks && <TicketChanges ticket={ticket} marks={ticket.marks} />}
      <PrepLine order={order} />
      <div className="ticket-body">
        {allergens.length > 0 && (
          <p className="allergy">
            {t('ticket.allergy')} · <bdi>{allergens.join(', ')}</bdi>
          </p>
        )}
        <TicketItems ticket={ticket} />
        {order.note && (
          <p className="ticket-note">
            <bdi>{order.note}</bdi>
          </p>
        )}
        {ended && (
          <>
            <p className="ticket-reason">
              <Joined
                parts={[t('ticket.at', { time: formatTime(order.statusSince, timeZone, locale) }), order.reason ?? '']}
              />
            </p>
            <p className="stamp" aria-hidden="true">
              {t(`status.${order.status}`)}
            </p>
          </>
        )}
      </div>
      <TicketFoot ticket={ticket} />
    </article>
  );
}
