import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import type { TextKey, TextParams } from '../i18n/text.ts';
import type { ToastStore } from '../toasts/toast-store.ts';

const ID = 'undo ';

export interface UndoOptions {
  toasts: ToastStore;
  /** How long an undo is offered, s; 0: never. */
  seconds(): number;
  /** Sends the undo. */
  take(id: number): void;
}

/** Offers undo in a toast with a countdown. The undo key undoes the latest offer. */
export function createUndoOffers({ toasts, seconds, take }: UndoOptions) {
  return {
    /**
     * @param id the id for `undo`; null: the tap cannot be undone
     * @param intent what was tapped; null: several items at once
     */
    offer(id: number | null, order: Order, intent: Intent | null): void {
      if (id === null || seconds() === 0) return;
      const action = { label: 'undo.do', run: () => take(id) } as const;
      toasts.show({ id: ID + id, kind: 'success', ...saying(order, intent), action, seconds: seconds() });
    },
    /** Undoes the latest tap that is still offered. */
    takeLast(): void {
      const last = toasts.getState().findLast((toast) => toast.id.startsWith(ID));
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
    case 'set_due':
      return { text: 'undo.due', params: { number } };
    default:
      return { text: 'undo.other', params: { number } };
  }
}
