import type { Order } from '#contract/order.ts';
import { allDone } from './prep-of.ts';
import { itemsIn, type Scope } from './scope.ts';

/** What a bump means on this screen: the order's next step, this station's items ticked off, or not yet. */
export type BumpHere = { does: 'step' } | { does: 'tick'; itemIds: string[] } | { does: 'wait' };

export function bumpHere(order: Pick<Order, 'items' | 'status'>, scope: Scope): BumpHere {
  if (order.status !== 'preparing') return { does: 'step' };
  if (scope.screen === 'expo') return scope.hold && !allDone(order) ? { does: 'wait' } : { does: 'step' };
  if (scope.screen === 'all') return { does: 'step' };
  return { does: 'tick', itemIds: idsOf(itemsIn(scope, order).filter(({ done }) => !done)) };
}

/** At a station, the items that its recall brings back; null: the order itself is recalled, or nothing is. */
export function recallHere(order: Pick<Order, 'items' | 'status'>, scope: Scope): string[] | null {
  if (scope.screen !== 'station' || (order.status !== 'preparing' && order.status !== 'ready')) return null;
  const items = itemsIn(scope, order);
  return items.length > 0 && items.every(({ done }) => done) ? idsOf(items) : null;
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);
