import { Intent } from '#contract/command.ts';
import type { FailedCommand } from '#contract/failed-command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The intent that retries a refused command on the order as it is now. `same`: the same step, from the current status.
 * `cancel`: cancels an order that was too far along to be rejected, with the same reason. Null: no such intent.
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
