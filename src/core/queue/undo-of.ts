import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { moveOf } from '#contract/status.ts';

/**
 * The intent that takes an intent back, or null where there is none (ADR 19): a screen offers no way back to `pending`, whose
 * customer has been told, and there is none from an end; a course that is fired stays fired; seen is seen.
 *
 * @param before the order as it was shown when it was tapped
 */
export function undoOf(before: Order, intent: Intent): Intent | null {
  switch (intent.type) {
    case 'set_status': {
      const { to } = intent.payload;
      const back = moveOf(to, before.status, before.fulfilment);
      if (before.status === 'pending' || to === 'pending' || (back !== 'recall' && back !== 'forward')) return null;
      return { type: 'set_status', payload: { from: to, to: before.status } };
    }
    case 'set_item_done':
      return { type: 'set_item_done', payload: { itemId: intent.payload.itemId, done: !intent.payload.done } };
    case 'set_priority':
      return { type: 'set_priority', payload: { priority: before.priority } };
    case 'set_due':
      return { type: 'set_due', payload: { dueAt: before.dueAt } };
    case 'set_payment': {
      const { status } = before.payment;
      // The others are not for displays to set (C6).
      return status === 'paid' || status === 'unpaid' ? { type: 'set_payment', payload: { status } } : null;
    }
    case 'acknowledge':
    case 'fire_course':
      return null;
  }
}
