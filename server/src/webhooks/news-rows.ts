import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import type { Message } from './message.ts';

/** Most messages kept for the webhooks of a store; one that is further behind misses the oldest. */
const KEPT = 1_000;
/** Sent at once, beside the queue, and only kept for its number. */
export const TEST = 'test';

/**
 * Adds a message without a `seq` for a store's webhooks, if there are any, in the transaction of what it tells.
 *
 * @param webhookId null: for all of them
 */
export async function addNews(
  { tx }: Write,
  storeId: string,
  type: string,
  data: object,
  webhookId: string | null = null,
): Promise<Message | null> {
  const any = await tx.selectFrom('webhooks').select('id').where('store_id', '=', storeId).limit(1).executeTakeFirst();
  if (!any) return null;
  const { epoch } = await tx
    .selectFrom('store_logs')
    .select('epoch')
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow();
  const number = (await lastNumber(tx, storeId)) + 1;
  const message = { id: `${epoch}-${storeId}-${type}-${number}`, type, body: JSON.stringify({ type, data }) };
  const row = { store_id: storeId, number, webhook_id: webhookId, type, body: message.body };
  await tx
    .insertInto('webhook_news')
    .values({ ...row, message_id: message.id })
    .execute();
  await tx
    .deleteFrom('webhook_news')
    .where('store_id', '=', storeId)
    .where('number', '<=', number - KEPT)
    .execute();
  return { ...message, place: { number } };
}

/** The number of the newest message of a store; 0: none. */
export async function lastNumber(db: Kysely<Tables>, storeId: string): Promise<number> {
  const { last } = await db
    .selectFrom('webhook_news')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

/** The first message for a webhook after a number; undefined: there is none. */
export async function nextNews(
  db: Kysely<Tables>,
  { storeId, webhookId, after }: { storeId: string; webhookId: string; after: number },
): Promise<Message | undefined> {
  const row = await db
    .selectFrom('webhook_news')
    .selectAll()
    .where('store_id', '=', storeId)
    .where('number', '>', after)
    .where('type', '!=', TEST)
    .where((eb) => eb.or([eb('webhook_id', 'is', null), eb('webhook_id', '=', webhookId)]))
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.message_id, type: row.type, body: row.body, place: { number: row.number } };
}

/** The JSON of the newest message of a type that is for all webhooks of a store. */
export async function lastBody(db: Kysely<Tables>, storeId: string, type: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('webhook_news')
    .select('body')
    .where('store_id', '=', storeId)
    .where('type', '=', type)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.body;
}
