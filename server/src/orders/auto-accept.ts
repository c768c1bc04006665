import { availableAt } from '#contract/availability.ts';
import type { Order } from '#contract/order.ts';
import type { Store } from '#contract/store.ts';
import { AUTO_ACCEPT } from '#contract/sync.ts';
import { availabilityRow, stateFromRow } from '../availability/availability-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Write } from '../database/write-queue.ts';
import { setStatus } from './change-order.ts';

/**
 * Moves an order that has just arrived on to `preparing`, if its store accepts its source by itself and is not paused: a
 * second change in the same transaction, so the order is never pending for anybody (contract, section 13).
 *
 * @param sources of the store's settings
 * @returns the order as it is then
 */
export async function autoAccept(
  write: Write,
  order: Order,
  { sources, now, onDamage }: { sources: Store['settings']['autoAccept']; now: number; onDamage: OnDamage },
): Promise<Order> {
  const isListed = sources === '*' || (order.source !== null && sources.includes(order.source));
  if (order.status !== 'pending' || !isListed) return order;
  const state = stateFromRow(await availabilityRow(write.tx, order.storeId), onDamage);
  if (availableAt(state, now).pausedUntil !== null) return order;
  return setStatus(write, order, 'preparing', { by: AUTO_ACCEPT, now });
}
