import type { Attention } from '#contract/bridge.ts';
import { Wish } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';

/**
 * The wish of a refused command, made anew for the order as it is now: `same`, seen from today's status; or `cancel` of
 * an order that was too far on to be rejected, for the reason that was given. Null: there is no such wish.
 */
export function wishAgain({ commandType, payload }: Attention, as: 'same' | 'cancel', order: Order): Wish | null {
  const seen = commandType === 'set_status' ? { ...payload, from: order.status } : payload;
  const to = as === 'cancel' ? { to: 'cancelled' } : {};
  if (as === 'cancel' && commandType !== 'set_status') return null;
  const wish = Wish.safeParse({ type: commandType, payload: { ...seen, ...to } }).data;
  return wish && wish.type !== 'void' ? wish : null;
}
