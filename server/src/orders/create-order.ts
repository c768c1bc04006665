import { v7 as uuid } from 'uuid';
import type { Order, OrderDraft } from '#contract/order.ts';
import type { By } from '#contract/sync.ts';
import { isWhole, withChecksum } from '../database/checked-rows.ts';
import type { OnDamage } from '../database/damage.ts';
import { hotStatement } from '../database/hot-statement.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { recordChange } from '../log/record-change.ts';
import { mendFromLog } from '../mending/mend-from-log.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { settingsOf } from '../stores/store-settings.ts';
import { autoAccept } from './auto-accept.ts';
import { checkSize } from './check-size.ts';
import { lastWholeState } from './last-whole-state.ts';
import { newOrder } from './new-order.ts';
import { nextNumber } from './next-number.ts';
import { findOrder } from './order-rows.ts';

export interface Creation {
  by: By;
  /** ms since 1970. */
  now: number;
  /** When another system took and finished this order, ISO (ADR 35): its time in lists and figures. */
  finishedAt?: string | undefined;
  onDamage: OnDamage;
}

/** Refuses with `not_found` (no such store) and `too_large`. `created` false: the `externalId` is known. */
export async function createOrder(
  write: Write,
  storeId: string,
  draft: OrderDraft,
  { by, now, finishedAt, onDamage }: Creation,
): Promise<{ order: Order; created: boolean }> {
  const store = await findStore(write.tx, storeId);
  const id = uuid();
  if (draft.externalId !== undefined) {
    const first = await claimExternalId(write, storeId, draft.externalId, id, onDamage);
    if (first) return { order: await firstOrder(write, first), created: false };
  }
  const number = draft.number ?? (await nextNumber(write, store, now));
  const { autoAccept: sources, preparationMinutes } = settingsOf(store);
  const at = new Date(now).toISOString();
  const order =
    finishedAt === undefined
      ? newOrder(draft, { id, storeId, number, at, preparationMinutes })
      : { ...newOrder(draft, { id, storeId, number, at: finishedAt }), updatedAt: at };
  checkSize(order);
  const placed = await recordChange(write, { type: 'order_created', order, by });
  return { order: await autoAccept(write, placed, { sources, now, onDamage }), created: true };
}

/** The id of the order that already has this external id; undefined: the new order gets it, for ever. */
async function claimExternalId(
  write: Write,
  storeId: string,
  externalId: string,
  orderId: string,
  onDamage: OnDamage,
): Promise<string | undefined> {
  const { tx } = write;
  const row = { store_id: storeId, external_id: externalId, order_id: orderId };
  const [claimed] = await insertExternalId(tx, withChecksum('external_ids', row));
  if (claimed) return undefined;
  const stored = () =>
    tx
      .selectFrom('external_ids')
      .selectAll()
      .where('store_id', '=', storeId)
      .where('external_id', '=', externalId)
      .executeTakeFirstOrThrow();
  let first = await stored();
  if (!isWhole('external_ids', first)) {
    await mendFromLog(write, { onDamage });
    first = await stored();
  }
  if (isWhole('external_ids', first)) return first.order_id;
  throw new ServiceError('conflict', 'An order with this externalId was here, but the disk has damaged which one.');
}

const insertExternalId = hotStatement((db, row: Tables['external_ids']) =>
  db
    .insertInto('external_ids')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .returning('order_id'),
);

/** The current or, if deleted, the last state, so that a repeated request gets the same id and no second order. */
async function firstOrder({ tx }: Write, id: string): Promise<Order> {
  const order = await findOrder(tx, null, id);
  if (order) return order;
  const last = await lastWholeState(tx, id);
  if (last) return last.order;
  throw new ServiceError('conflict', 'An order with this externalId was here long ago and is no longer kept.');
}
