import type { Order } from '#contract/order.ts';
import { nextStatus } from '#contract/status.ts';
import type { TextKey } from '../i18n/text.ts';
import { itemsIn, type Scope } from './scope.ts';
import { allDone } from './station-progress.ts';

/** What a bump does on this screen: take the order's next step, tick off this station's items, or nothing yet. */
export type BumpHere = { does: 'step' } | { does: 'tick'; itemIds: string[] } | { does: 'wait' };

export function bumpHere(order: Pick<Order, 'items' | 'status'>, scope: Scope): BumpHere {
  if (order.status !== 'preparing') return { does: 'step' };
  if (scope.screen === 'expo') return scope.hold && !allDone(order) ? { does: 'wait' } : { does: 'step' };
  if (scope.screen === 'all') return { does: 'step' };
  return { does: 'tick', itemIds: idsOf(itemsIn(scope, order).filter(({ done }) => !done)) };
}

/** The text of the step button on this screen; null when there is nothing to do. */
export function stepHere(order: Order, scope: Scope): TextKey | null {
  const here = bumpHere(order, scope);
  if (here.does === 'step') return nextStep(order);
  if (here.does === 'wait') return 'expo.waits';
  return here.itemIds.length > 0 ? 'station.done' : null;
}

/** The text of the step button; null when the order has no next step. */
export function nextStep({ status, fulfilment }: Pick<Order, 'status' | 'fulfilment'>): TextKey | null {
  switch (nextStatus(status, fulfilment)) {
    case 'preparing':
      return 'step.start';
    case 'ready':
      return 'step.ready';
    case 'delivering':
      return 'step.send_out';
    case 'completed':
      if (status === 'delivering') return 'step.delivered';
      return fulfilment === 'pickup' ? 'step.hand_over' : 'step.serve';
    default:
      return null;
  }
}

/** The items that a recall at this station brings back; null: the recall concerns the order itself. */
export function recallHere(order: Pick<Order, 'items' | 'status'>, scope: Scope): string[] | null {
  if (scope.screen !== 'station' || (order.status !== 'preparing' && order.status !== 'ready')) return null;
  const items = itemsIn(scope, order);
  return items.length > 0 && items.every(({ done }) => done) ? idsOf(items) : null;
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);
