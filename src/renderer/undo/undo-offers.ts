import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { STATUSES, type Status } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import type { TextKey } from '../i18n/text.ts';
import type { TextParams } from '../i18n/text-of.ts';
import type { ToastStore } from '../toasts/toast-store.ts';

const idOf = (orderId: string): string => `undo ${orderId}`;

export interface UndoOptions {
  toasts: ToastStore;
  /** How long an undo is offered, s; 0: never. */
  seconds(): number;
  /** Sends the undo. */
  take(id: number, order: Order): void;
}

/**
 * Offers undo in a toast with a countdown: one per order, for its last tap, until the order moves on. The undo key undoes the
 * latest offer.
 */
export function createUndoOffers({ toasts, seconds, take }: UndoOptions) {
  /** Per order with an offer, the statuses in which it can still be undone. */
  const offered = new Map<string, readonly Status[]>();

  function retire(orderId: string): void {
    offered.delete(orderId);
    toasts.dismiss(idOf(orderId));
  }

  return {
    /**
     * @param id the id for `undo`; null: the tap cannot be undone, and nothing before it any more
     * @param intent what was tapped; null: several items at once
     */
    offer(id: number | null, order: Order, intent: Intent | null): void {
      retire(order.id);
      if (id === null || seconds() === 0) return;
      // The board shows the tap a moment after it is answered.
      offered.set(order.id, intent?.type === 'set_status' ? [order.status, intent.payload.to] : STATUSES);
      const action = { label: 'undo.do', run: () => take(id, order) } as const;
      toasts.show({ id: idOf(order.id), kind: 'success', ...saying(order, intent), action, seconds: seconds() });
    },
    /** Retires the offers of orders that have moved on, here or on another screen. */
    follow(tickets: ReadonlyMap<string, Ticket>): void {
      for (const [orderId, statuses] of offered) {
        const status = tickets.get(orderId)?.order.status;
        const isOffered = toasts.getState().some(({ id }) => id === idOf(orderId));
        if (!isOffered || (status && !statuses.includes(status))) retire(orderId);
      }
    },
    /** Undoes the latest tap that is still offered. */
    takeLast(): void {
      const last = toasts.getState().findLast(({ id }) => id.startsWith(idOf('')));
      if (!last) return;
      toasts.dismiss(last.id);
      last.action?.run();
    },
  };
}

/** The toast's text. */
function saying({ number, items }: Order, intent: Intent | null): { text: TextKey; params: TextParams } {
  switch (intent?.type) {
    case 'set_status':
      return { text: `undo.to.${intent.payload.to}` as TextKey, params: { number } };
    case 'set_item_done': {
      const item = items.find(({ id }) => id === intent.payload.itemId)?.name ?? '';
      return { text: intent.payload.done ? 'undo.itemDone' : 'undo.itemOpen', params: { number, item } };
    }
    case 'set_priority':
      return { text: intent.payload.priority ? 'undo.first' : 'undo.notFirst', params: { number } };
    case 'move_items':
      return { text: 'undo.sent', params: { number } };
    case 'set_due':
      return { text: 'undo.due', params: { number } };
    default:
      return { text: 'undo.other', params: { number } };
  }
}
