import { memo, Suspense, useEffect, useRef } from 'react';
import { isCalledOff, isOpen, isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { isByKeys } from '../keys/is-by-keys.ts';
import { Joined } from '../shared/joined.tsx';
import { lazyPart } from '../shared/lazy-part.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { ProgressLine } from '../stations/progress-line.tsx';
import { allergensOf } from './items.ts';
import css from './ticket-card.module.css';
import { TicketHead } from './ticket-head.tsx';
import { TicketItems } from './ticket-items.tsx';
import { useTicketOptions } from './ticket-options.tsx';
import { useAgeBand, useIsLater } from './use-age.ts';

const TicketChanges = lazyPart(() => import('./ticket-changes.tsx').then(({ TicketChanges }) => TicketChanges));
const StartTimes = lazyPart(() => import('./start-times.tsx').then(({ StartTimes }) => StartTimes));

export interface TicketCardProps {
  ticket: Ticket;
  selected: boolean;
}

/** The ticket of one order. Memoised: one that leaves is hidden as it is. */
export const TicketCard = memo(function TicketCard({ ticket, selected }: TicketCardProps) {
  const { ui } = useScreen();
  const { t, time } = useText();
  const band = useAgeBand(ticket);
  const later = useIsLater(ticket);
  const { promiseOnStart } = useTicketOptions();
  const article = useRef<HTMLElement>(null);
  const { order } = ticket;
  const allergens = allergensOf(order);

  useEffect(() => {
    if (selected && !article.current?.contains(document.activeElement)) focus(article.current);
  }, [selected]);

  return (
    <article
      ref={article}
      className={css.ticket}
      data-testid="ticket"
      data-order-id={order.id}
      data-number={order.number}
      data-status={order.status}
      data-pending={ticket.pending}
      data-age={band}
      data-later={later}
      data-unseen={isRinging(order)}
      data-priority={order.priority && isOpen(order.status)}
      data-changed={ticket.marks !== null}
      data-selected={selected}
      tabIndex={-1}
      aria-label={t('ticket.label', { number: order.number, status: t(`status.${order.status}`) })}
      onFocus={() => isByKeys() && ui.setState({ selected: order.id })}
    >
      <TicketHead ticket={ticket} band={band} />
      {promiseOnStart && order.status === 'pending' && order.dueAt === null && (
        <Suspense>
          <StartTimes ticket={ticket} />
        </Suspense>
      )}
      {ticket.marks && (
        <Suspense>
          <TicketChanges ticket={ticket} marks={ticket.marks} />
        </Suspense>
      )}
      <ProgressLine order={order} />
      <div className={css.body} data-body>
        {allergens.length > 0 && (
          <p className={css.allergy}>
            {t('ticket.allergy')} · <bdi>{allergens.join(', ')}</bdi>
          </p>
        )}
        <TicketItems ticket={ticket} />
        {order.note && (
          <p className={css.note}>
            <bdi>{order.note}</bdi>
          </p>
        )}
        {isCalledOff(order.status) && (
          <>
            <p className={css.reason}>
              <Joined parts={[t('ticket.at', { time: time(order.statusSince) }), order.reason ?? '']} />
            </p>
            <p className={css.stamp} aria-hidden="true">
              {t(`status.${order.status}`)}
            </p>
          </>
        )}
      </div>
      {ticket.pending && <span className={css.pending}>{t('ticket.pending')}</span>}
    </article>
  );
});

/** In a flow, whole pages scroll (flow-pages.tsx). */
const focus = (ticket: HTMLElement | null): void =>
  ticket?.focus({ preventScroll: ticket.closest('[data-flow]') !== null });
