import { Star } from 'lucide-react';
import type { Order } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import type { Text } from '../i18n/text.ts';
import { Joined } from '../shared/joined.tsx';
import { useText } from '../shared/screen.tsx';
import { Age } from './age.tsx';
import type { AgeBand } from './age-band.ts';
import { FULFILMENT_ICONS } from './fulfilment-icons.ts';
import { TicketButtons } from './ticket-buttons.tsx';
import css from './ticket-head.module.css';

/** The coloured band: number, age and whose order it is. A tap on it takes the next step. */
export function TicketHead({ ticket, band, digit }: { ticket: Ticket; band: AgeBand; digit: number | null }) {
  const text = useText();
  const { order } = ticket;
  const Icon = FULFILMENT_ICONS[order.fulfilment];
  return (
    <header className={css.head} data-testid="ticket-head">
      <h3 className={`${css.number} figures`}>
        {digit !== null && (
          <span className={css.digit} aria-hidden="true">
            {digit}
          </span>
        )}
        <bdi>{order.number}</bdi>
      </h3>
      <Age ticket={ticket} band={band} />
      <TicketButtons ticket={ticket} />
      <p className={css.who}>
        <Icon />
        <span className="sr-only">{text.t(`fulfilment.${order.fulfilment}`)}</span>
        <span className="ellipsis">
          <Joined parts={whose(order, text)} />
        </span>
        {order.priority && <Star className={css.rush} role="img" aria-label={text.t('ticket.rush')} />}
      </p>
      <p className={css.origin}>
        <span className="ellipsis">
          <Joined parts={origin(order)} />
        </span>
        {order.dueAt && (
          <span className={`${css.due} figures`} data-testid="ticket-due">
            {text.t('ticket.due', { time: text.time(order.dueAt) })}
          </span>
        )}
        <span className={css.payment} data-payment={order.payment.status}>
          {text.t(`payment.${order.payment.status}`)}
        </span>
      </p>
    </header>
  );
}

/** Table, name, guests; if none is known, the fulfilment. */
function whose(order: Order, { t }: Text): string[] {
  const parts = [
    order.table ? t('ticket.table', { table: order.table }) : '',
    order.customer?.name ?? '',
    order.covers ? t('ticket.covers', { count: order.covers }) : '',
  ];
  return parts.some(Boolean) ? parts : [t(`fulfilment.${order.fulfilment}`)];
}

const origin = ({ source, externalId }: Order): string[] => [source ?? '', externalId ?? ''];
