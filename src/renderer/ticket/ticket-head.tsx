import { Bike, CalendarClock, ShoppingBag, Utensils } from 'lucide-react';
import type { Ticket } from '#contract/bridge.ts';
import type { Order } from '#contract/order.ts';
import type { Fulfilment } from '#contract/status.ts';
import { formatTime } from '../i18n/format.ts';
import type { Text } from '../i18n/text.ts';
import { useText, useTimeZone } from '../shared/screen.tsx';
import { Age } from './age.tsx';
import type { AgeBand } from './age-band.ts';

const ICONS: Record<Fulfilment, typeof Bike> = {
  pickup: ShoppingBag,
  delivery: Bike,
  dine_in: Utensils,
  booking: CalendarClock,
};

/** The coloured band: what a cook calls out, how long it has waited, and whose it is. */
export function TicketHead({ ticket, band }: { ticket: Ticket; band: AgeBand }) {
  const text = useText();
  const timeZone = useTimeZone();
  const { order } = ticket;
  const Icon = ICONS[order.fulfilment];
  return (
    <header className="ticket-head">
      <h3 className="ticket-number figures">
        <bdi>{order.number}</bdi>
        {order.priority && <span className="rush">{text.t('ticket.rush')}</span>}
      </h3>
      <Age ticket={ticket} band={band} />
      <p className="ticket-who">
        <Icon aria-hidden="true" />
        <span className="sr-only">{text.t(`fulfilment.${order.fulfilment}`)}</span>
        <span className="ellipsis">{joined(whose(order, text))}</span>
      </p>
      <p className="ticket-origin">
        <span className="ellipsis">{joined(origin(order))}</span>
        {order.dueAt && (
          <span className="due figures">
            {text.t('ticket.due', { time: formatTime(order.dueAt, timeZone, text.locale) })}
          </span>
        )}
        <span className="payment" data-payment={order.payment.status}>
          {text.t(`payment.${order.payment.status}`)}
        </span>
      </p>
    </header>
  );
}

function whose(order: Order, { t }: Text): string[] {
  return [
    order.table && t('ticket.table', { table: order.table }),
    order.covers && t('ticket.covers', { count: order.covers }),
    order.customer?.name,
  ].filter((part) => part !== null && part !== undefined && part !== 0 && part !== '') as string[];
}

const origin = (order: Order): string[] => [order.source, order.externalId].filter((part) => part !== null);

/** Words of people, each with its own direction of writing. */
function joined(parts: string[]) {
  return parts.map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
    <span key={i}>
      {i > 0 && ' · '}
      <bdi>{part}</bdi>
    </span>
  ));
}
