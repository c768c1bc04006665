import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import {
  type Escalation,
  ORDER_ESCALATION_KINDS,
  type OrderEscalation,
  type OrderEscalationKind,
} from '#contract/admin.ts';
import type { EscalationRow, Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import type { EscalationQuery, StoreSubject } from '../service.ts';
import { findStore } from '../stores/find-store.ts';
import { addNews } from '../webhooks/news-rows.ts';

const escalationFrom = (row: EscalationRow): Escalation => ({
  id: row.id,
  storeId: row.store_id,
  kind: row.kind,
  orderId: row.order_id,
  orderNumber: row.order_number,
  detail: row.detail,
  raisedAt: row.raised_at,
  resolvedAt: row.resolved_at,
});

/** An escalation of an order to raise; `at` ISO. */
export interface Raise {
  storeId: string;
  kind: OrderEscalationKind;
  orderId: string;
  orderNumber: string;
  at: string;
}

/**
 * Null: it was raised before (once per order and kind) and is resolved, or the store already has an open `no_display`. Its own
 * open one is returned: the answer to the write that stored it may have been lost.
 */
export async function raise(
  write: Write,
  { storeId, kind, orderId, orderNumber, at }: Raise,
): Promise<OrderEscalation | null> {
  const { tx } = write;
  const open = tx.selectFrom('escalations').selectAll().where('kind', '=', kind).where('resolved_at', 'is', null);
  const own = await open.where('order_id', '=', orderId).executeTakeFirst();
  if (own) return escalationFrom(own) as OrderEscalation;
  if (kind === 'no_display' && (await open.where('store_id', '=', storeId).executeTakeFirst())) return null;
  const row = await tx
    .insertInto('escalations')
    .values({
      id: uuid(),
      store_id: storeId,
      kind,
      order_id: orderId,
      order_number: orderNumber,
      subject: null,
      detail: null,
      raised_at: at,
      resolved_at: null,
    })
    .onConflict((oc) => oc.columns(['order_id', 'kind']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return (await told(write, row)) as OrderEscalation | null;
}

/** Null: it is open already. @param at ISO */
export async function raiseOfStore(
  write: Write,
  { storeId, kind, subject }: StoreSubject,
  detail: string,
  at: string,
): Promise<Escalation | null> {
  const about = { order_id: null, order_number: null, subject, detail };
  const row = await write.tx
    .insertInto('escalations')
    .values({ id: uuid(), store_id: storeId, kind, ...about, raised_at: at, resolved_at: null })
    .onConflict((oc) => oc.columns(['store_id', 'kind', 'subject']).where('resolved_at', 'is', null).doNothing())
    .returningAll()
    .executeTakeFirst();
  return told(write, row);
}

/** Null: none is open. @param at ISO */
export async function resolveOfStore(
  write: Write,
  { storeId, kind, subject }: StoreSubject,
  at: string,
): Promise<Escalation | null> {
  const row = await write.tx
    .updateTable('escalations')
    .set({ resolved_at: at })
    .where('store_id', '=', storeId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('resolved_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return told(write, row);
}

/** Null: none is open. */
export async function resolve(
  write: Write,
  { orderId, kind, at }: Pick<Raise, 'orderId' | 'kind' | 'at'>,
): Promise<OrderEscalation | null> {
  const row = await write.tx
    .updateTable('escalations')
    .set({ resolved_at: at })
    .where('order_id', '=', orderId)
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return (await told(write, row)) as OrderEscalation | null;
}

/** Stores it as a message for the store's webhooks, in the same transaction. */
async function told(write: Write, row: EscalationRow | undefined): Promise<Escalation | null> {
  if (!row) return null;
  const escalation = escalationFrom(row);
  await addNews(write, row.store_id, 'escalation', escalation);
  return escalation;
}

/** The open ones of all stores. */
export async function openEscalations(db: Kysely<Tables>): Promise<Escalation[]> {
  const rows = await db.selectFrom('escalations').selectAll().where('resolved_at', 'is', null).orderBy('id').execute();
  return rows.map(escalationFrom);
}

/** The open ones of all stores' kinds. */
export async function openOfStores(db: Kysely<Tables>): Promise<Escalation[]> {
  const open = db.selectFrom('escalations').selectAll().where('resolved_at', 'is', null);
  return (await open.where('order_id', 'is', null).orderBy('id').execute()).map(escalationFrom);
}

/** The open ones of these orders, oldest first. */
export async function openEscalationsOf(db: Kysely<Tables>, orderIds: readonly string[]): Promise<Escalation[]> {
  if (orderIds.length === 0) return [];
  const ofOrders = db.selectFrom('escalations').selectAll().where('order_id', 'in', orderIds);
  return (await ofOrders.where('resolved_at', 'is', null).orderBy('id').execute()).map(escalationFrom);
}

export const isOfOrder = (escalation: Escalation): escalation is OrderEscalation =>
  (ORDER_ESCALATION_KINDS as readonly string[]).includes(escalation.kind);

/** The ids of the open ones of all stores. */
export async function openEscalationIds(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('escalations').select('id').where('resolved_at', 'is', null).execute();
  return rows.map(({ id }) => id);
}

export async function findEscalations(db: Kysely<Tables>, ids: readonly string[]): Promise<Escalation[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('escalations').selectAll().where('id', 'in', ids).orderBy('id').execute();
  return rows.map(escalationFrom);
}

export async function listEscalations(
  db: Kysely<Tables>,
  { storeId, open, orderId, limit, before }: EscalationQuery,
): Promise<{ escalations: Escalation[]; nextBefore: string | null }> {
  await findStore(db, storeId);
  let query = db.selectFrom('escalations').selectAll().where('store_id', '=', storeId);
  if (open) query = query.where('resolved_at', 'is', null);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit).map(escalationFrom);
  return { escalations: page, nextBefore: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
