import type { Item, Order } from '#contract/order.ts';
import { nextStatus } from '#contract/status.ts';
import type { TextKey } from '../i18n/text.ts';
import type { TextParams } from '../i18n/text-of.ts';
import { firedItems, nextCourse } from '../ticket/items.ts';
import { itemsInTurn, type Scope } from './scope.ts';

/**
 * What a bump does on this screen: take the order's next step, tick off items, fire the next course, or nothing yet.
 * `course`: the one that is finished by ticking off the items; null at a station.
 */
export type BumpHere =
  | { does: 'step' }
  | { does: 'tick'; itemIds: string[]; course: number | null }
  | { does: 'fire'; course: number }
  | { does: 'wait' };

type Bumped = Pick<Order, 'items' | 'source' | 'status' | 'firedCourse'>;

/** An order with a held course is not finished: a bump finishes what is fired, and the next one fires the next course. */
export function bumpHere(order: Bumped, scope: Scope): BumpHere {
  const next = nextCourse(order);
  if (order.status === 'ready' && next !== null) return { does: 'fire', course: next };
  if (order.status !== 'preparing') return { does: 'step' };
  const fired = { items: firedItems(order), source: order.source };
  const left = itemsInTurn(scope, fired, ({ done }) => !done);
  if (scope.screen === 'station') return { does: 'tick', itemIds: idsOf(left), course: null };
  if (scope.screen === 'expo' && scope.hold && left.length > 0) return { does: 'wait' };
  if (next === null) return { does: 'step' };
  if (left.length === 0) return { does: 'fire', course: next };
  return { does: 'tick', itemIds: idsOf(left), course: Math.max(...left.map(courseOf)) };
}

/** The label of the step button. */
export interface StepLabel {
  key: TextKey;
  params?: TextParams;
}

/** The label of the step button on this screen; null when there is nothing to do. */
export function stepHere(order: Order, scope: Scope): StepLabel | null {
  const here = bumpHere(order, scope);
  switch (here.does) {
    case 'step': {
      const key = nextStep(order);
      return key && { key };
    }
    case 'wait':
      return { key: 'expo.waits' };
    case 'fire':
      return { key: 'step.fire_course', params: { course: here.course } };
    case 'tick':
      if (here.course !== null) return { key: 'step.course_done', params: { course: here.course } };
      return here.itemIds.length > 0 ? { key: 'station.done' } : null;
  }
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
export function recallHere(order: Pick<Order, 'items' | 'source' | 'status'>, scope: Scope): string[] | null {
  if (scope.screen !== 'station' || (order.status !== 'preparing' && order.status !== 'ready')) return null;
  const items = itemsInTurn(scope, order, () => true);
  return items.length > 0 && items.every(({ done }) => done) ? idsOf(items) : null;
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);
const courseOf = ({ course }: Item): number => course ?? 1;
