import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { readPosition, type StoredPosition, setPosition } from '../log/follow/follower-rows.ts';
import { readLogRow } from '../log/read-log.ts';
import type { Escalations, Log, StartOver } from '../service.ts';
import { addNews } from './news-rows.ts';
import { aboutWebhook, hostOfWebhook } from './tell-owner.ts';
import { followerOf } from './webhook-rows.ts';
import type { WebhookRow } from './webhook-tables.ts';

export interface StartOverParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  log: Pick<Log, 'locate'>;
  escalations: Pick<Escalations, 'raise'>;
}

/**
 * A webhook whose cursor is not in the log any more goes on with the oldest change that the log still has, or at the
 * head if the log is another one. The receiver gets `reset`, as on the feed, and the owner an escalation (ADR 34).
 *
 * @returns the position where it goes on, which is stored
 */
export async function startOver(
  { db, queue, log, escalations }: StartOverParts,
  webhook: WebhookRow,
  { reason }: StartOver,
  stored: StoredPosition,
): Promise<StoredPosition> {
  const { store_id: storeId } = webhook;
  const { epoch, head, min_seq } = await readLogRow(db, storeId);
  // Within the log it is one damaged change that cannot be sent.
  const oldest = Math.max(stored.cursor + 1, min_seq - 1);
  const place = await log.locate(storeId, { epoch, seq: reason === 'too_old' ? Math.min(oldest, head) : head });
  if (place.mode === 'snapshot') throw new Error(`the log of ${storeId} has changed meanwhile: ${place.reason}`);
  const { position } = place;
  const missed =
    reason === 'too_old'
      ? `missed the changes ${stored.cursor + 1} to ${position.cursor}, which are no longer kept`
      : 'may have missed changes, because the database was restored';
  await escalations.raise(
    aboutWebhook(webhook),
    `The webhook to ${hostOfWebhook(webhook)} ${missed}. Let its owner read the orders again.`,
    queue,
  );
  return queue.write(storeId, async (write) => {
    const now = await readPosition(write.tx, followerOf(webhook));
    // It was stored before, and the answer to that was lost.
    if (now.cursor !== stored.cursor || now.epoch !== stored.epoch) return now as StoredPosition;
    await addNews(write, storeId, 'reset', { reason }, webhook.id);
    await setPosition(write, followerOf(webhook), position);
    return position;
  });
}
