import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The step that follows from ticking off an order's last item: from preparing to ready, and no other. An order with a
 * course that is still held goes on when a person says so.
 *
 * @param order as it is with the items ticked
 */
export function advanceOf({ status, items, firedCourse }: Order): Intent | null {
  if (status !== 'preparing' || !items.every(({ done }) => done)) return null;
  if (items.some(({ course }) => (course ?? 1) > firedCourse)) return null;
  return { type: 'set_status', payload: { from: 'preparing', to: 'ready' } };
}
