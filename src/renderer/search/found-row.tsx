import { memo } from 'react';
import type { Order } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import { Joined } from '../shared/joined.tsx';
import { useText, useView } from '../shared/screen.tsx';
import { FULFILMENT_ICONS } from '../ticket/fulfilment-icons.ts';
import css from './search.module.css';

export interface FoundRowProps {
  ticket: Ticket;
  /** Enter opens it. */
  active: boolean;
  onOpen: (orderId: string) => void;
}

/** An id for `aria-activedescendant`. */
export const rowId = (orderId: string): string => `found-${orderId}`;

/** One search result. An order on the board looks as it does on the board. */
export const FoundRow = memo(function FoundRow({ ticket, active, onOpen }: FoundRowProps) {
  const { t, moment, money } = useText();
  const { order } = useView((view) => view.board.tickets.get(ticket.order.id)) ?? ticket;
  const Icon = FULFILMENT_ICONS[order.fulfilment];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active one
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
    <div
      id={rowId(order.id)}
      role="option"
      className={css.found}
      aria-selected={active}
      data-testid="found"
      data-order-id={order.id}
      data-status={order.status}
      onClick={() => onOpen(order.id)}
    >
      <bdi className={`${css.foundNumber} figures`}>{order.number}</bdi>
      <span className={css.foundWhat}>
        <span className={css.foundWho}>
          <Icon />
          <span className="sr-only">{t(`fulfilment.${order.fulfilment}`)}</span>
          <Joined parts={[order.table ? t('ticket.table', { table: order.table }) : '', ...whose(order)]} />
        </span>
        <span className={css.foundItems}>
          <Joined parts={order.items.map(({ quantity, name }) => `${quantity} × ${name}`)} />
        </span>
      </span>
      <span className={css.foundState}>
        <b>{t(`status.${order.status}`)}</b>
        <time className="figures" dateTime={order.createdAt}>
          {moment(Date.parse(order.createdAt))}
        </time>
      </span>
      <span className={`${css.foundMoney} figures`} data-payment={order.payment.status}>
        <b>{money(order.totalMinor, order.currency)}</b>
        <span>{t(`payment.${order.payment.status}`)}</span>
      </span>
    </div>
  );
});

const whose = ({ customer, source, externalId }: Order): string[] => [
  customer?.name ?? '',
  customer?.phone ?? '',
  source ?? '',
  externalId ?? '',
];
