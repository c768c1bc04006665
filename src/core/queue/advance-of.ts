import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The step that follows when an order's last item is ticked off: from preparing to ready, and no other. An order with a
 * held course does not advance by itself.
 *
 * @param order with the items already ticked
 */
export function advanceOf({ status, items, firedCourse }: Order): Intent | null {
  if (status !== 'preparing' || !items.every(({ done }) => done)) return null;
  if (items.some(({ course }) => (course ?? 1) > firedCourse)) return null;
  return { type: 'set_status', payload: { from: 'preparing', to: 'ready' } };
}
