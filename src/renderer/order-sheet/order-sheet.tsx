import { Ban, Banknote, CircleX, Star } from 'lucide-react';
import { useState } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { isOpen, moveOf } from '#contract/status.ts';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { OrderFacts } from './order-facts.tsx';
import { ReasonForm } from './reason-form.tsx';
import type { End } from './reasons.ts';
import './order-sheet.css';

const open = (ui: Ui) => ui.sheet;

/** The sheet of the order that was asked for, as long as the board has it. */
export function OrderSheet() {
  const id = useUi(open);
  const ticket = useView((view) => (id === null ? undefined : view.board.tickets.get(id)));
  return ticket ? <Sheet key={id} ticket={ticket} /> : null;
}

function Sheet({ ticket }: { ticket: Ticket }) {
  const { ui, actions } = useScreen();
  const { t } = useText();
  const [end, setEnd] = useState<End | null>(null);
  const { order } = ticket;
  const close = () => ui.setState({ sheet: null });
  const canEnd = (to: End) => moveOf(order.status, to, order.fulfilment) === 'end';
  const then = (run: () => void) => () => {
    run();
    close();
  };

  if (end)
    return (
      <Modal title={t(`reason.title.${end}`, { number: order.number })} mark="order-sheet" onClose={close}>
        <ReasonForm to={end} onReason={(reason) => then(() => actions.end(ticket, end, reason))()} />
      </Modal>
    );
  const paid = order.payment.status === 'paid';
  return (
    <Modal title={t('ticket.number', { number: order.number })} mark="order-sheet" onClose={close}>
      <OrderFacts order={order} />
      <div className="sheet-actions">
        {isOpen(order.status) && (
          <button
            type="button"
            className="choice"
            data-testid="set-priority"
            onClick={then(() => actions.setPriority(ticket, !order.priority))}
          >
            <Star aria-hidden="true" />
            {t(order.priority ? 'sheet.unprioritise' : 'sheet.prioritise')}
          </button>
        )}
        {(paid || order.payment.status !== 'refunded') && (
          <button
            type="button"
            className="choice"
            data-testid="set-paid"
            onClick={then(() => actions.setPaid(ticket, !paid))}
          >
            <Banknote aria-hidden="true" />
            {t(paid ? 'sheet.unpaid' : 'sheet.paid')}
          </button>
        )}
        {canEnd('rejected') && (
          <button type="button" className="choice grave" data-testid="reject" onClick={() => setEnd('rejected')}>
            <CircleX aria-hidden="true" />
            {t('sheet.reject')}
          </button>
        )}
        {canEnd('cancelled') && (
          <button type="button" className="choice grave" data-testid="cancel" onClick={() => setEnd('cancelled')}>
            <Ban aria-hidden="true" />
            {t('sheet.cancel')}
          </button>
        )}
      </div>
    </Modal>
  );
}
