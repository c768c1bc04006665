import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * What a station's bump, or its recall, intents of an order: its items ticked off, or on again. An order that was ready
 * already is then to be prepared again, or no screen would show the work.
 *
 * @param order as it is shown now; of `itemIds` those that it still has are meant
 */
export function tickItems({ items, status }: Order, itemIds: readonly string[], done: boolean): Intent[] {
  const wanted = new Set(itemIds);
  const ticks = items
    .filter((item) => wanted.has(item.id) && item.done !== done)
    .map((item): Intent => ({ type: 'set_item_done', payload: { itemId: item.id, done } }));
  if (done || status !== 'ready' || ticks.length === 0) return ticks;
  return [{ type: 'set_status', payload: { from: 'ready', to: 'preparing' } }, ...ticks];
}
