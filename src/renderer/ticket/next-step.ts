import type { Order } from '#contract/order.ts';
import { nextStatus } from '#contract/status.ts';
import type { TextKey } from '../i18n/text.ts';

/** The text of the step button; null when the order has no next step. */
export function nextStep({ status, fulfilment }: Pick<Order, 'status' | 'fulfilment'>): TextKey | null {
  switch (nextStatus(status, fulfilment)) {
    case 'preparing':
      return 'step.start';
    case 'ready':
      return 'step.ready';
    case 'delivering':
      return 'step.send_out';
    case 'completed':
      if (status === 'delivering') return 'step.delivered';
      return fulfilment === 'pickup' ? 'step.hand_over' : 'step.serve';
    default:
      return null;
  }
}
