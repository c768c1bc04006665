import { h } from 'preact';
import type { PublicOrder } from '#contract/public-order.ts';
import { isCalledOff } from '#contract/status.ts';
import { CancelForm } from './cancel-form.ts';
import type { CustomerText } from './customer-text.ts';
import { OrderHead } from './order-head.ts';
import { OrderProgress } from './order-progress.ts';
import { OrderReceipt } from './order-receipt.ts';
import { isLate } from './order-steps.ts';
import type { Cancelling, OrderActions } from './page-state.ts';

/** One order as its customer sees it, on both pages. */
export function OrderCard({ order, cancelling, on, now, timeZone, text, level }: OrderCardProps) {
  const shown = { order, now, timeZone, text };
  return h(
    'article',
    {
      class: 'order',
      'data-testid': 'order',
      'data-order-id': order.id,
      'data-status': order.status,
      'data-late': isLate(order, now) ? '' : undefined,
    },
    h(OrderHead, { ...shown, level }),
    h(
      'div',
      { class: 'paper' },
      h(OrderProgress, shown),
      h(OrderReason, { order, text }),
      h(OrderReceipt, { order, text }),
      h(CancelForm, { order, cancelling, on, text }),
    ),
  );
}
export interface OrderCardProps {
  order: PublicOrder;
  cancelling: Cancelling;
  on: OrderActions;
  now: number;
  timeZone: string;
  text: CustomerText;
  /** Of its heading. */
  level: 'h1' | 'h2';
}

/** The server writes this before the reason that a customer gives (contract, section 9). */
const BY_CUSTOMER = /^customer: ?/;

/** Why it was called off, in the words of whoever did it. */
function OrderReason({ order: { reason, status }, text }: { order: PublicOrder; text: CustomerText }) {
  if (!reason || !isCalledOff(status)) return null;
  const who = text.t(BY_CUSTOMER.test(reason) ? 'reason.customer' : 'reason.shop');
  return h('p', { class: 'reason' }, `${who} `, h('bdi', null, reason.replace(BY_CUSTOMER, '')));
}
