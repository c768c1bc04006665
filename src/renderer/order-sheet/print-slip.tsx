import { createPortal } from 'react-dom';
import type { Order } from '#contract/order.ts';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { allergensOf } from '../ticket/items.ts';
import { OrderItems } from './order-items.tsx';
import css from './order-sheet.module.css';

/**
 * The order for 80 mm paper. Its heading says BACKUP, so that nobody mistakes it for a new order. Only print styles show it;
 * they hide the rest of the screen.
 */
export function PrintSlip({ order }: { order: Order }) {
  const { now } = useScreen();
  const { t, time, moment } = useText();
  const allergens = allergensOf(order);
  const whose = [
    t(`fulfilment.${order.fulfilment}`),
    order.table ? t('ticket.table', { table: order.table }) : '',
    order.customer?.name ?? '',
    order.source ?? '',
    order.externalId ?? '',
  ];
  return createPortal(
    <article className={css.slip} data-testid="slip" aria-hidden="true">
      <p className={css.slipHead}>{t('print.backup')}</p>
      <p className={`${css.slipNumber} figures`}>
        <bdi>{order.number}</bdi>
      </p>
      <p>
        <Joined parts={whose} />
      </p>
      <p className="figures">
        {t('sheet.placed')} {time(order.placedAt)}
        {order.dueAt && ` · ${t('ticket.due', { time: time(order.dueAt) })}`}
      </p>
      <p>
        {t(`status.${order.status}`)} · {t(`payment.${order.payment.status}`)}
      </p>
      {allergens.length > 0 && (
        <p className={css.slipAllergy}>
          {t('ticket.allergy')} · <bdi>{allergens.join(', ')}</bdi>
        </p>
      )}
      <OrderItems order={order} />
      {order.note && (
        <p className={css.slipNote}>
          <bdi>{order.note}</bdi>
        </p>
      )}
      <p className={`${css.slipFoot} figures`}>{t('print.at', { time: moment(now()) })}</p>
    </article>,
    document.body,
  );
}
