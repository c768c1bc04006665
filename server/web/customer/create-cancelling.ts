import type { PublicOrder } from '#contract/public-order.ts';
import type { CustomerApi } from './customer-api.ts';
import type { Cancelling, OrderActions } from './page-state.ts';

/** How far the customer's wish to cancel is, by the id of the order. */
export interface CancellingStore extends OrderActions {
  all(): Readonly<Record<string, Cancelling>>;
}

/** @param onOrder an order as an answer shows it */
export function createCancelling(
  api: CustomerApi,
  onOrder: (order: PublicOrder) => void,
  draw: () => void,
): CancellingStore {
  let all: Record<string, Cancelling> = {};
  function set({ id }: PublicOrder, cancelling: Cancelling): void {
    all = { ...all, [id]: cancelling };
    draw();
  }
  return {
    all: () => all,
    setCancelling: set,
    async cancel(order) {
      set(order, 'sending');
      const answer = await api.cancel(order.id);
      if (answer.kind === 'ok') onOrder(answer.value);
      if (answer.kind === 'too_late' && answer.order) onOrder(answer.order);
      const then = { ok: 'no', too_late: 'too_late', refused: 'failed', failed: 'failed' } as const;
      set(order, then[answer.kind]);
    },
  };
}
