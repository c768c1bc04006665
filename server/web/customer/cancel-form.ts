import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import type { CustomerText } from './customer-text.ts';
import type { Cancelling, OrderActions } from './page-state.ts';

/** Cancels an order after one more question; says when it was not sent, or came too late. */
export function CancelForm({ order, cancelling, on, text }: CancelFormProps) {
  if (cancelling === 'too_late') return h('p', { class: 'told', role: 'alert' }, text.t('cancel.tooLate'));
  if (!order.cancellable) return null;
  if (cancelling === 'no')
    return h(
      'button',
      { type: 'button', class: 'quiet', 'data-testid': 'cancel', onClick: () => on.setCancelling(order, 'asking') },
      text.t('cancel.ask'),
    );
  const sending = cancelling === 'sending';
  const question = `cancel-${order.id}`;
  return h(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': question },
    h('p', { class: 'question-text', id: question, tabIndex: -1, ref: focusOnce }, question_(order, text)),
    cancelling === 'failed' ? h('p', { class: 'told', role: 'alert' }, text.t('cancel.failed')) : null,
    h(
      'div',
      { class: 'answers' },
      h(
        'button',
        { type: 'button', class: 'keep', disabled: sending, onClick: () => on.setCancelling(order, 'no') },
        text.t('cancel.no'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'danger',
          'data-testid': 'confirm',
          disabled: sending,
          onClick: () => on.cancel(order),
        },
        text.t(sending ? 'cancel.sending' : 'cancel.yes'),
      ),
    ),
  );
}
export interface CancelFormProps {
  order: PublicOrder;
  cancelling: Cancelling;
  on: OrderActions;
  text: CustomerText;
}

function question_({ number }: PublicOrder, text: CustomerText) {
  return [h('strong', null, text.t('cancel.question', { number })), ' ', text.t('cancel.hint')];
}

/** Moves the focus to the question when it appears, and at no later drawing. */
function focusOnce(element: { focus(): void } | null): void {
  element?.focus();
}
