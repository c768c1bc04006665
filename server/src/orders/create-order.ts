import { v7 as uuid } from 'uuid';
import type { Order, OrderDraft } from '#contract/order.ts';
import type { By } from '#contract/sync.ts';
import type { Write } from '../database/write-queue.ts';
import { recordChange } from '../log/record-change.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { checkSize } from './check-size.ts';
import { lastWholeState } from './last-whole-state.ts';
import { newOrder } from './new-order.ts';
import { nextNumber } from './next-number.ts';
import { findOrder } from './order-rows.ts';

/** Refuses with `not_found` (no such store) and `too_large`. `created` false: the `externalId` is known. */
export async function createOrder(
  write: Write,
  storeId: string,
  draft: OrderDraft,
  { by, now }: { by: By; now: number },
): Promise<{ order: Order; created: boolean }> {
  const store = await findStore(write.tx, storeId);
  const id = uuid();
  if (draft.externalId !== undefined) {
    const first = await claimExternalId(write, storeId, draft.externalId, id);
    if (first) return { order: await firstOrder(write, first), created: false };
  }
  const number = draft.number ?? (await nextNumber(write, store, now));
  const order = newOrder(draft, { id, storeId, number, at: new Date(now).toISOString() });
  checkSize(order);
  return { order: await recordChange(write, { type: 'order_created', order, by }), created: true };
}

/** The id of the order that already has this external id; undefined: the new order gets it, for ever. */
async function claimExternalId({ tx }: Write, storeId: string, externalId: string, orderId: string) {
  const claimed = await tx
    .insertInto('external_ids')
    .values({ store_id: storeId, external_id: externalId, order_id: orderId })
    .onConflict((oc) => oc.doNothing())
    .returning('order_id')
    .executeTakeFirst();
  if (claimed) return undefined;
  const first = await tx
    .selectFrom('external_ids')
    .select('order_id')
    .where('store_id', '=', storeId)
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow();
  return first.order_id;
}

/** The current or, if deleted, the last state, so that a repeated request gets the same id and no second order. */
async function firstOrder({ tx }: Write, id: string): Promise<Order> {
  const order = await findOrder(tx, null, id);
  if (order) return order;
  const last = await lastWholeState(tx, id);
  if (last) return last.order;
  throw new ServiceError('conflict', 'An order with this externalId was here long ago and is no longer kept.');
}
