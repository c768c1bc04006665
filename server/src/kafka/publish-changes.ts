import { feedChange } from '#contract/feed.ts';
import type { Change, ResetReason } from '#contract/sync.ts';
import type { AllLogsReader } from '../log/follow/log-reader.ts';
import { isOldNews } from '../orders/imported.ts';
import type { Broker, Outgoing } from './broker.ts';

export interface PublishParts {
  broker: Pick<Broker, 'publish'>;
  prefix: string;
  onPublished(messages: number): void;
  onBehind(changes: number): void;
}

/** Publishes the changes of all stores, each store's in order (contract, section 13). */
export function publishChanges({ broker, prefix, onPublished, onBehind }: PublishParts): AllLogsReader {
  const topic = `${prefix}order.changed`;
  return {
    name: 'kafka',
    async handle(batches) {
      const messages = batches.flatMap(({ storeId, epoch, changes }) =>
        changes.filter((change) => !isOldNews(change)).map((change) => changed(topic, storeId, epoch, change)),
      );
      if (messages.length > 0) await broker.publish(messages);
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
