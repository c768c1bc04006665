import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { moveOf } from '#contract/status.ts';

/**
 * The intent that undoes an intent, or null if there is none (ADR 19). A screen offers no undo to `pending`, since the
 * customer already knows, and none from a final status. `fire_course` and `acknowledge` have no undo.
 *
 * @param before the order as shown when it was tapped
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
    case 'move_items': {
      const moved = new Set(intent.payload.items.map(({ itemId }) => itemId));
      const items = before.items.flatMap(({ id, station }) => (moved.has(id) ? { itemId: id, station } : []));
      return items.length > 0 ? { type: 'move_items', payload: { items } } : null;
    }
    case 'set_priority':
      return { type: 'set_priority', payload: { priority: before.priority } };
    case 'set_due':
      return { type: 'set_due', payload: { dueAt: before.dueAt } };
    case 'set_payment': {
      const { status } = before.payment;
      // Displays may not set the others (C6).
      return status === 'paid' || status === 'unpaid' ? { type: 'set_payment', payload: { status } } : null;
    }
    case 'acknowledge':
    case 'fire_course':
      return null;
  }
}
