import type { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The step that goes with firing a course of an order that is ready: back to preparing, where its cooks see it. Null for
 * everything else.
 */
export function reopenOf({ status, firedCourse }: Order, intent: Intent): Intent | null {
  if (intent.type !== 'fire_course' || status !== 'ready' || intent.payload.course <= firedCourse) return null;
  return { type: 'set_status', payload: { from: 'ready', to: 'preparing' } };
}
