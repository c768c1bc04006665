import type { Order } from '#contract/order.ts';
import type { TextKey } from '../i18n/text.ts';
import { nextStep } from '../ticket/next-step.ts';
import { bumpHere } from './bump-here.ts';
import type { Scope } from './scope.ts';

/** The text of the step button on this screen; null when there is nothing to do. */
export function stepHere(order: Order, scope: Scope): TextKey | null {
  const here = bumpHere(order, scope);
  if (here.does === 'step') return nextStep(order);
  if (here.does === 'wait') return 'expo.waits';
  return here.itemIds.length > 0 ? 'station.done' : null;
}
