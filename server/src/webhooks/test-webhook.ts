import type { Kysely } from 'kysely';
import type { Delivery } from '#contract/webhook.ts';
import type { Tables } from '../database/tables.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { ServiceError } from '../service-error.ts';
import type { Deliveries, DeliveriesParts } from './create-deliveries.ts';
import type { EndpointParts } from './create-endpoint.ts';
import { deliveryFrom, deliveryRow, saveDeliveries } from './delivery-rows.ts';
import { addNews, TEST } from './news-rows.ts';
import { touch } from './webhook-rows.ts';
import type { WebhookRow } from './webhook-tables.ts';

export interface TestParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  deliveries: Pick<Deliveries, 'of' | 'whileStopped'>;
  post: EndpointParts['post'];
  switchOff: DeliveriesParts['onEnd'];
  /** ms since 1970. */
  now(): number;
}

/**
 * Sends a message of the type `test` once, before what waits but not while another message is under way. After a success
 * what waits for a next try is tried at once.
 */
export async function testWebhook(parts: TestParts, webhook: WebhookRow): Promise<Delivery> {
  const { queue, deliveries, post, switchOff, now } = parts;
  const { id, store_id: storeId } = webhook;
  const message = await queue.write(storeId, (write) => addNews(write, storeId, TEST, { webhookId: id }, id));
  if (!message) throw new ServiceError('not_found', 'There is no such webhook.');
  const send = async (signal: AbortSignal) => ({
    at: new Date(now()).toISOString(),
    ...(await post(webhook, message, signal)),
  });
  const result = await (deliveries.of(id)?.between(send) ?? send(new AbortController().signal));

  const status = 'status' in result ? result.status : 0;
  const isDelivered = status >= 200 && status < 300;
  const state = isDelivered ? 'delivered' : 'undeliverable';
  const row = deliveryRow(id, { message, state, tries: [result], nextTryAt: null });
  await queue.write(storeId, (write) => saveDeliveries(write, [row]));
  if (status === 410) await deliveries.whileStopped(id, () => switchOff(webhook, 'gone', queue));
  if (isDelivered)
    await deliveries.whileStopped(id, () =>
      queue.write(storeId, async ({ tx }) => {
        await tx
          .updateTable('webhook_deliveries')
          .set({ next_try_at: result.at })
          .where('webhook_id', '=', id)
          .where('state', '=', 'waiting')
          .execute();
        await touch({ tx }, id);
      }),
    );
  return deliveryFrom(row);
}
