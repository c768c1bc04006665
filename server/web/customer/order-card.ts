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
import type { StepTimes } from './step-times.ts';

/** One order as its customer sees it, on both pages. */
export function OrderCard({ order, times, cancelling, on, now, timeZone, text, level }: OrderCardProps) {
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
      h(OrderProgress, { ...shown, times }),
      h(OrderReason, { order, text }),
      h(OrderReceipt, { order, text }),
      h(CancelForm, { order, cancelling, on, text }),
    ),
  );
}
export interface OrderCardProps {
  order: PublicOrder;
  times?: StepTimes;
  cancelling: Cancelling;
  on: OrderActions;
  now: number;
  timeZone: string;
  text: CustomerText;
  /** Of its heading. */
  level: 'h1' | 'h2';
}

/** Why it was called off: by its customer, before whose words the server writes this (contract, section 9), or by the shop. */
function OrderReason({ order: { reason, status }, text }: { order: PublicOrder; text: CustomerText }) {
  if (!reason || !isCalledOff(status)) return null;
  const byCustomer = reason.startsWith('customer: ');
  return h(
    'p',
    { class: 'reason' },
    byCustomer ? text.t('reason.customer') : [`${text.t('reason.shop')} `, h('bdi', null, reason)],
  );
}
