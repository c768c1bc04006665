import { feedChange } from '#contract/feed.ts';
import type { Change, ResetReason } from '#contract/sync.ts';
import type { AllLogsReader } from '../log/follow/log-reader.ts';
import { isOldNews } from '../orders/imported.ts';
import { type Broker, type Outgoing, TooLargeForBroker } from './broker.ts';

export interface PublishParts {
  broker: Pick<Broker, 'publish'>;
  prefix: string;
  onPublished(messages: number): void;
  /** The broker never takes this change; a dead letter says so. */
  onRefused(): void;
  onBehind(changes: number): void;
  log: { warn(details: object, message: string): void };
}

/** Publishes the changes of all stores, each store's in order (contract, section 13). */
export function publishChanges(parts: PublishParts): AllLogsReader {
  const { broker, prefix, onPublished, onRefused, onBehind, log } = parts;
  const topic = `${prefix}order.changed`;

  /** In their order, in as many parts as the broker wants. */
  async function publish(messages: readonly Outgoing[]): Promise<void> {
    try {
      await broker.publish(messages);
    } catch (error) {
      if (!(error instanceof TooLargeForBroker)) throw error;
      const [first, ...others] = messages;
      if (first && others.length === 0) return refuse(first);
      const half = Math.ceil(messages.length / 2);
      await publish(messages.slice(0, half));
      await publish(messages.slice(half));
    }
  }

  async function refuse({ key, headers: { id = '' } }: Outgoing): Promise<void> {
    log.warn({ key, id }, 'Kafka does not take a change of this size: raise max.message.bytes of the topic');
    const message = 'Kafka does not take a change of this size. GET /api/v1/orders/:id has the order.';
    const headers = { error: 'too_large', message, origin: topic, id };
    await broker.publish([{ topic: `${prefix}dead-letter`, key, value: null, headers }]);
    onRefused();
  }

  return {
    name: 'kafka',
    async handle(batches) {
      const messages = batches.flatMap(({ storeId, epoch, changes }) =>
        changes.filter((change) => !isOldNews(change)).map((change) => changed(topic, storeId, epoch, change)),
      );
      if (messages.length > 0) await publish(messages);
      onPublished(messages.length);
    },
    async onReset(storeId, { reason, epoch }) {
      await broker.publish([reset(topic, storeId, epoch, reason)]);
    },
    onBehind,
  };
}

function changed(topic: string, storeId: string, epoch: string, change: Change): Outgoing {
  return {
    topic,
    key: `${storeId}:${change.orderId}`,
    value: JSON.stringify({ ...feedChange(change), storeId, epoch }),
    headers: { id: `${epoch}-${storeId}-${change.seq}` },
  };
}

/** As on the feed: what follows may repeat changes, or lack some that are no longer kept. */
function reset(topic: string, storeId: string, epoch: string, reason: ResetReason): Outgoing {
  return {
    topic,
    key: `${storeId}:`,
    value: JSON.stringify({ type: 'reset', data: { reason }, storeId, epoch }),
    headers: { id: `${epoch}-${storeId}-reset` },
  };
}
