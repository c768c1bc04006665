import type { Kysely } from 'kysely';
import type { Webhook, WebhookEvent } from '#contract/webhook.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { Tables } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import type { WebhookRow } from './webhook-tables.ts';

/** For how long former secrets sign too, ms, and most of them. */
const FORMER_MS = 24 * 3_600_000;
const MOST_FORMER = 5;

/** The name of a webhook's cursor among the followers of its store's log. */
export const followerOf = ({ id, store_id }: Pick<WebhookRow, 'id' | 'store_id'>) => ({
  name: `webhook ${id}`,
  storeId: store_id,
});

/** null: all; also of a row that is damaged in both copies, to which nothing is sent. */
export function eventsOf({ events }: Pick<WebhookRow, 'events'>): WebhookEvent[] | null {
  try {
    return events === null ? null : (JSON.parse(events) as WebhookEvent[]);
  } catch {
    return null;
  }
}

/** The secrets that sign at `now` (ms), the newest first. */
export function secretsOf({ secret, old_secret, old_secret_until }: WebhookRow, now: number): string[] {
  const isOldValid = old_secret_until !== null && Date.parse(old_secret_until) > now;
  return old_secret !== null && isOldValid ? [secret, ...old_secret.split(' ')] : [secret];
}

/**
 * A new secret in place of the one before. All that have signed until now go on for 24 h: whoever replaced one may not have
 * received it, and the receiver knows the one before that.
 */
export function withSecret(row: WebhookRow, secret: string, now: number) {
  const old_secret = secretsOf(row, now).slice(0, MOST_FORMER).join(' ');
  return { secret, old_secret, old_secret_until: new Date(now + FORMER_MS).toISOString() };
}

/** @param storeId the caller's store; null: any. Refuses with `not_found`; another store's is not found. */
export async function findWebhook(db: Kysely<Tables>, id: string, storeId: string | null): Promise<WebhookRow> {
  const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  const webhook = row && (wholeRow('webhooks', row) ?? row);
  if (!webhook || (storeId !== null && webhook.store_id !== storeId))
    throw new ServiceError('not_found', 'There is no such webhook.');
  return webhook;
}

export async function insertWebhook(
  { tx }: Write,
  values: Omit<WebhookRow, 'checksum' | 'second_copy'>,
): Promise<WebhookRow> {
  const row = doubled('webhooks', values);
  await tx.insertInto('webhooks').values(row).execute();
  return row;
}

export async function updateWebhook({ tx }: Write, row: WebhookRow): Promise<void> {
  const changed = { ...doubled('webhooks', row), revision: row.revision + 1 };
  await tx.updateTable('webhooks').set(changed).where('id', '=', row.id).execute();
}

export async function deleteWebhook({ tx }: Write, row: WebhookRow): Promise<void> {
  const { name, storeId } = followerOf(row);
  await tx.deleteFrom('webhook_deliveries').where('webhook_id', '=', row.id).execute();
  await tx.deleteFrom('webhook_news').where('webhook_id', '=', row.id).execute();
  await tx.deleteFrom('followers').where('name', '=', name).where('store_id', '=', storeId).execute();
  await tx.deleteFrom('webhooks').where('id', '=', row.id).execute();
}

/** Forgets that a webhook fails and when the next try is due: its message is tried at once, with a new schedule. */
export async function startFresh({ tx }: Pick<Write, 'tx'>, id: string): Promise<void> {
  await tx.deleteFrom('webhook_deliveries').where('webhook_id', '=', id).where('state', '=', 'waiting').execute();
  await tx.updateTable('webhooks').set({ failing_since: null }).where('id', '=', id).execute();
  await touch({ tx }, id);
}

/** Whoever delivers to it, on any server, reads it again. */
export async function touch({ tx }: Pick<Write, 'tx'>, id: string): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** A store's webhooks as the API shows them, oldest first; only the one with this id, if it is given. */
export async function webhooksOf(db: Kysely<Tables>, storeId: string, id?: string): Promise<Webhook[]> {
  let query = db.selectFrom('webhooks').selectAll().where('store_id', '=', storeId).orderBy('id');
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = await query.execute();
  const cursors = await db
    .selectFrom('followers')
    .select(['name', 'cursor'])
    .where('store_id', '=', storeId)
    .where('name', 'like', 'webhook %')
    .execute();
  const cursorOf = new Map(cursors.map(({ name, cursor }) => [name, cursor]));
  return rows.map((row) => webhookFrom(wholeRow('webhooks', row) ?? row, cursorOf.get(followerOf(row).name) ?? 0));
}

/** As the API shows it. @param cursor of its follower */
export const webhookFrom = (row: WebhookRow, cursor: number): Webhook => ({
  id: row.id,
  storeId: row.store_id,
  url: row.url,
  events: eventsOf(row),
  disabled: row.disabled === 1,
  createdAt: row.created_at,
  cursor,
  failingSince: row.failing_since,
});
