import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The intents of a station's bump or recall: its items ticked or unticked. A recall also moves a ready order back to
 * preparing; otherwise no screen would show the work.
 *
 * @param order as it is shown now; `itemIds` that it no longer has are ignored
 */
export function tickItems({ items, status }: Order, itemIds: readonly string[], done: boolean): Intent[] {
  const wanted = new Set(itemIds);
  const ticks = items
    .filter((item) => wanted.has(item.id) && item.done !== done)
    .map((item): Intent => ({ type: 'set_item_done', payload: { itemId: item.id, done } }));
  if (done || status !== 'ready' || ticks.length === 0) return ticks;
  return [{ type: 'set_status', payload: { from: 'ready', to: 'preparing' } }, ...ticks];
}
