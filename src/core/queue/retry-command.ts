import type { FailedCommand } from '#contract/bridge.ts';
import { Intent } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The intent of a refused command, for the order as it is now: `same`, from today's status; or `cancel` of an order that
 * was too far on to be rejected, with the reason that was given. Null: there is no such intent.
 */
export function retryCommand(
  { commandType, payload }: FailedCommand,
  as: 'same' | 'cancel',
  order: Order,
): Intent | null {
  const seen = commandType === 'set_status' ? { ...payload, from: order.status } : payload;
  const to = as === 'cancel' ? { to: 'cancelled' } : {};
  if (as === 'cancel' && commandType !== 'set_status') return null;
  return Intent.safeParse({ type: commandType, payload: { ...seen, ...to } }).data ?? null;
}
