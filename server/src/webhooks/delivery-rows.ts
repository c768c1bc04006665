import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Delivery, DeliveryTry } from '#contract/webhook.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { type Message, seqOf } from './message.ts';
import type { WebhookDeliveryRow } from './webhook-tables.ts';

/** Most deliveries kept per webhook, in each of the two states that end one. */
export const KEPT = 200;

/** What became of a message so far. */
export interface Attempted {
  message: Message;
  state: Delivery['state'];
  tries: readonly DeliveryTry[];
  /** ms since 1970. */
  nextTryAt: number | null;
}

/** @param key the row of a message that was tried before */
export function deliveryRow(
  webhookId: string,
  { message, state, tries, nextTryAt }: Attempted,
  key: string = uuid(),
): WebhookDeliveryRow {
  return {
    id: key,
    webhook_id: webhookId,
    message_id: message.id,
    seq: seqOf(message),
    type: message.type,
    state,
    tries: JSON.stringify(tries),
    next_try_at: nextTryAt === null ? null : new Date(nextTryAt).toISOString(),
  };
}

export const deliveryFrom = (row: WebhookDeliveryRow): Delivery => ({
  id: row.message_id,
  seq: row.seq,
  type: row.type,
  state: row.state,
  tries: JSON.parse(row.tries) as DeliveryTry[],
  nextTryAt: row.next_try_at,
});

/** Stores what became of messages of one webhook, and drops the oldest ones. */
export async function saveDeliveries({ tx }: Write, rows: readonly WebhookDeliveryRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await tx
    .insertInto('webhook_deliveries')
    .values(rows)
    .onConflict((oc) =>
      oc.column('id').doUpdateSet(({ ref }) => ({
        state: ref('excluded.state'),
        tries: ref('excluded.tries'),
        next_try_at: ref('excluded.next_try_at'),
      })),
    )
    .execute();
  for (const state of ['delivered', 'undeliverable'] as const) {
    const ended = tx
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('webhook_id', '=', first.webhook_id)
      .where('state', '=', state);
    const last = await ended.orderBy('id', 'desc').offset(KEPT).limit(1).executeTakeFirst();
    if (last)
      await tx
        .deleteFrom('webhook_deliveries')
        .where('webhook_id', '=', first.webhook_id)
        .where('state', '=', state)
        .where('id', '<=', last.id)
        .execute();
  }
}

/** Newest first. */
export async function listDeliveries(db: Kysely<Tables>, webhookId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(deliveryFrom);
}

export const waitingDelivery = (db: Kysely<Tables>, webhookId: string): Promise<WebhookDeliveryRow | undefined> =>
  db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
