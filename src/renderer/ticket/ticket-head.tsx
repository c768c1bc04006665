import { Star } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Order } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import type { Text } from '../i18n/text.ts';
import { Joined } from '../shared/joined.tsx';
import { useText, useUi } from '../shared/screen.tsx';
import { digitOf } from '../shared/ui-store.ts';
import { Age } from './age.tsx';
import type { AgeBand } from './age-band.ts';
import { FULFILMENT_ICONS } from './fulfilment-icons.ts';
import { TicketSides, TicketStep } from './ticket-buttons.tsx';
import css from './ticket-head.module.css';

/** The coloured band: number, age and whose order it is. A tap on it takes the next step. */
export function TicketHead({ ticket, band }: { ticket: Ticket; band: AgeBand }) {
  const text = useText();
  const { order } = ticket;
  const Icon = FULFILMENT_ICONS[order.fulfilment];
  const guests = guestsOf(order, text);
  return (
    <header className={css.head} data-testid="ticket-head">
      <h3 className={`${css.number} figures`} style={{ '--letters': order.number.length } as CSSProperties}>
        <Digit orderId={order.id} />
        <bdi>{order.number}</bdi>
      </h3>
      <p className={css.who}>
        <Icon />
        <span className="sr-only">{text.t(`fulfilment.${order.fulfilment}`)}</span>
        {order.table && (
          <bdi className={css.table} data-testid="ticket-table">
            {text.t('ticket.table', { table: order.table })}
          </bdi>
        )}
        {order.table && guests.length > 0 && '·'}
        <span className={`${css.guests} ellipsis`}>
          <Joined parts={guests} />
        </span>
        {order.priority && <Star className={css.rush} role="img" aria-label={text.t('ticket.rush')} />}
      </p>
      <div className={css.foot}>
        {(order.source || order.externalId) && (
          <span className={css.origin} data-testid="ticket-origin">
            {order.externalId && (
              <span className={css.externalId}>
                <bdi>{order.externalId}</bdi>
              </span>
            )}
            {order.source && <bdi>{order.source}</bdi>}
          </span>
        )}
        {order.dueAt && (
          <span className={`${css.due} figures`} data-testid="ticket-due">
            {text.t('ticket.due', { time: text.time(order.dueAt) })}
          </span>
        )}
        <span className={css.payment} data-payment={order.payment.status}>
          {text.t(`payment.${order.payment.status}`)}
        </span>
        <TicketStep ticket={ticket} />
      </div>
      <div className={css.end}>
        <Age ticket={ticket} band={band} />
        <TicketSides ticket={ticket} />
      </div>
    </header>
  );
}

/** The digit key that selects the ticket, if any. Alone: when the first ticket leaves, all others have another digit. */
function Digit({ orderId }: { orderId: string }) {
  const digit = useUi((ui) => digitOf(ui.numbered, orderId));
  if (digit === null) return null;
  return (
    <span className={css.digit} aria-hidden="true">
      {digit}
    </span>
  );
}

/** How many guests, and the name; the fulfilment if neither they nor a table is known. */
function guestsOf({ customer, covers, table, fulfilment }: Order, { t }: Text): string[] {
  const parts = [covers ? t('ticket.covers', { count: covers }) : '', customer?.name ?? ''].filter(Boolean);
  return parts.length > 0 || table ? parts : [t(`fulfilment.${fulfilment}`)];
}
