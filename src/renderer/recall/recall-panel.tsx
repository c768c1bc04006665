import { ChevronRight, Undo2 } from 'lucide-react';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useArranged } from '../board/use-arranged.ts';
import { Button } from '../shared/button.tsx';
import { Joined } from '../shared/joined.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { ItemNote } from '../ticket/item-note.tsx';
import { modifierText } from '../ticket/items.ts';
import { Modifiers } from '../ticket/modifiers.tsx';
import ticketCss from '../ticket/ticket-card.module.css';
import itemCss from '../ticket/ticket-items.module.css';
import css from './recall.module.css';

/** Orders finished in the last hour, latest first: to review or to recall. */
export function RecallPanel({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { done } = useArranged();
  return (
    <Modal title={t('recall.title')} mark="recall-panel" wide onClose={onClose}>
      <p className={css.recallLead}>{t(done.length > 0 ? 'recall.lead' : 'recall.none')}</p>
      <ol>
        {done.map((ticket) => (
          <li key={ticket.order.id} className={css.recall} data-testid="recall-row" data-order-id={ticket.order.id}>
            <Review ticket={ticket} />
            <Recall ticket={ticket} />
          </li>
        ))}
      </ol>
    </Modal>
  );
}

function Review({ ticket: { order } }: { ticket: Ticket }) {
  const { t, time } = useText();
  const { number, status, statusSince, table, customer, items } = order;
  const when = t('ticket.at', { time: time(statusSince) });
  return (
    <details className={css.review} data-testid="review">
      <summary>
        <ChevronRight className={css.reviewMark} />
        <bdi className={`${css.recallNumber} figures`}>{number}</bdi>
        <span className={css.recallWhat}>
          <span>
            {t(`status.${status}`)} {when}
          </span>
          <span className="ellipsis">
            <Joined
              parts={[table ? t('ticket.table', { table }) : '', customer?.name ?? '', ...items.map(modifierText)]}
            />
          </span>
        </span>
      </summary>
      <ul className={css.reviewItems}>
        {items.map((item) => (
          <li key={item.id}>
            <b>
              <span className="figures">{item.quantity}</span> <bdi>{item.name}</bdi>
            </b>
            {item.modifiers.length > 0 && (
              <span className={itemCss.modifiers}>
                <Modifiers modifiers={item.modifiers} />
              </span>
            )}
            {item.note && (
              <bdi className={itemCss.note}>
                <ItemNote note={item.note} />
              </bdi>
            )}
          </li>
        ))}
      </ul>
      {order.note && <bdi className={itemCss.note}>{order.note}</bdi>}
      {order.reason && <bdi className={ticketCss.reason}>{order.reason}</bdi>}
    </details>
  );
}

function Recall({ ticket }: { ticket: Ticket }) {
  const { actions, now } = useScreen();
  const { t } = useText();
  const { number, status, statusSince, fulfilment } = ticket.order;
  if (previousStatus(status, fulfilment) === null || !recallIsOpen(status, statusSince, now())) return null;
  return (
    <Button
      icon={Undo2}
      mark="recall-order"
      aria-label={t('recall.order', { number })}
      onClick={() => actions.recall(ticket)}
    >
      {t('ticket.recall')}
    </Button>
  );
}
