import { useState } from 'react';
import type { Item } from '#contract/order.ts';
import type { Ticket } from '#contract/ticket.ts';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useUi, useView } from '../shared/screen.tsx';
import { HeldCourseForm } from './held-course-form.tsx';
import { OrderDetails } from './order-details.tsx';
import css from './order-sheet.module.css';
import { type End, ReasonForm } from './reason-form.tsx';
import { SendForm } from './send-to-station.tsx';
import { SheetActions } from './sheet-actions.tsx';
import { StoryList } from './story-list.tsx';
import { useOrderStory } from './use-order-story.ts';

/** The sheet of the chosen order: with actions while the order is on the board, otherwise read-only. */
export function OrderSheet() {
  const id = useUi((ui) => ui.sheet);
  const ticket = useView((view) => (id === null ? undefined : view.board.tickets.get(id)));
  if (id === null) return null;
  return ticket ? <Sheet key={id} ticket={ticket} /> : <FoundSheet key={id} orderId={id} />;
}

function Sheet({ ticket }: { ticket: Ticket }) {
  const { ui, actions } = useScreen();
  const { t } = useText();
  const [end, setEnd] = useState<End | null>(null);
  /** The held course without which the order is to move on. */
  const [without, setWithout] = useState<number | null>(null);
  /** Those that go to another station. */
  const [sent, setSent] = useState<readonly Item[] | null>(null);
  const { order } = ticket;
  const { found, state } = useOrderStory(order.id, `${order.version} ${ticket.pending}`);
  const close = () => ui.setState({ sheet: null });

  // Separate dialogs: in the same one the focused button would disappear, and the focus with it.
  if (end)
    return (
      <Modal key={end} title={t(`reason.title.${end}`, { number: order.number })} mark="order-sheet" onClose={close}>
        <ReasonForm
          to={end}
          onReason={(reason) => {
            actions.end(ticket, end, reason);
            close();
          }}
        />
      </Modal>
    );
  if (without !== null)
    return (
      <Modal
        key="held"
        title={t('held.title', { number: order.number, course: without })}
        mark="order-sheet"
        onClose={close}
      >
        <HeldCourseForm ticket={ticket} course={without} onDone={close} />
      </Modal>
    );
  if (sent)
    return (
      <Modal key="send" title={t('send.title', { number: order.number })} mark="order-sheet" onClose={close}>
        <SendForm ticket={ticket} items={sent} onDone={close} />
      </Modal>
    );
  return (
    <Modal title={t('ticket.number', { number: order.number })} mark="order-sheet" wide onClose={close}>
      <SheetActions ticket={ticket} onDone={close} onEnd={setEnd} onWithout={setWithout} onSend={setSent} />
      <OrderDetails order={order} found={found} state={state} onSend={setSent} />
    </Modal>
  );
}

/** The read-only sheet of an order that is not on the board: closed long ago, or deleted. */
export function FoundSheet({ orderId }: { orderId: string }) {
  const { ui } = useScreen();
  const { t } = useText();
  const { found, state } = useOrderStory(orderId, '');
  const ticket = found?.ticket;
  const close = () => ui.setState({ sheet: null });
  if (ticket)
    return (
      <Modal title={t('ticket.number', { number: ticket.order.number })} mark="order-sheet" wide onClose={close}>
        <OrderDetails order={ticket.order} found={found} state={state} />
      </Modal>
    );
  return (
    <Modal title={t('story.title')} mark="order-sheet" onClose={close}>
      {state !== 'asking' && <p className={css.sheetLead}>{t(state === 'done' ? 'story.gone' : 'story.elsewhere')}</p>}
      <StoryList found={found} state={state} />
    </Modal>
  );
}
