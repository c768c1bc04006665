import type { HubRise } from './call-hubrise.ts';
import type { HubRiseOrder } from './hubrise-order.ts';

/** Nothing comes after these. */
export const FINAL: readonly string[] = ['completed', 'rejected', 'cancelled', 'delivery_failed'];
/** Between reading an order and writing a status over it, at most, ms. */
const OVERLAP_MS = 30_000;

/**
 * Nobody can write a status to HubRise only if there is no newer one. If ours came just after the end of an order, so that
 * the order shows ours, the end counts, and is written once more.
 *
 * @param told what another program wrote, by their clock
 */
export async function keepTheirEnd(
  { memory, write }: HubRise,
  order: HubRiseOrder,
  told: { order: Pick<HubRiseOrder, 'status'>; at: number } | undefined,
): Promise<HubRiseOrder> {
  const ours = memory.written.get(order.id);
  const isOverwritten =
    told !== undefined &&
    FINAL.includes(told.order.status) &&
    ours?.status === order.status &&
    order.status !== told.order.status &&
    Math.abs(ours.at - told.at) <= OVERLAP_MS;
  if (!isOverwritten) return order;
  await write(order.id, { status: told.order.status });
  return { ...order, status: told.order.status };
}
