import { Modal } from '../shared/modal.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { OrderDetails } from './order-details.tsx';
import css from './order-sheet.module.css';
import { StoryList } from './story-list.tsx';
import { useOrderStory } from './use-order-story.ts';

/** The sheet of an order that is not on the board: done long ago, or deleted. It is there to be read. */
export function FoundSheet({ orderId }: { orderId: string }) {
  const { ui } = useScreen();
  const { t } = useText();
  const { told, state } = useOrderStory(orderId, '');
  const ticket = told?.ticket;
  const close = () => ui.setState({ sheet: null });
  if (ticket)
    return (
      <Modal title={t('ticket.number', { number: ticket.order.number })} mark="order-sheet" wide onClose={close}>
        <OrderDetails order={ticket.order} told={told} state={state} />
      </Modal>
    );
  return (
    <Modal title={t('story.title')} mark="order-sheet" onClose={close}>
      {state !== 'asking' && <p className={css.sheetLead}>{t(state === 'done' ? 'story.gone' : 'story.elsewhere')}</p>}
      <StoryList told={told} state={state} />
    </Modal>
  );
}
