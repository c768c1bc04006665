import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { onCleanUp } from '../support.ts';
import { type Case, costOfOrders } from './cost-of-orders.ts';
import type { FeedClientData } from './feed-client.ts';

/** The programs on a store's feed, by what they do. */
export const feedCost = () =>
  costOfOrders('Feed', {
    none: {},
    none_2: {},
    reads: feedTo('reads'),
    stuck: feedTo('stuck'),
    again: feedTo('again'),
  });

/** One program on the feed, in a worker, so that it takes no time of what measures. It runs in its turns only. */
function feedTo(does: FeedClientData['does']): Case {
  let worker: Worker;
  return {
    async begin(server, storeId) {
      const workerData: FeedClientData = { url: server.url(0), storeId, token: ADMIN_TOKEN, does };
      worker = new Worker(new URL('./feed-client.ts', import.meta.url), { workerData });
      onCleanUp(() => worker.terminate());
      await once(worker, 'message');
    },
    async during(ended) {
      worker.postMessage('begin');
      await sleep(2 ** 30, undefined, { signal: ended }).catch(() => undefined);
      worker.postMessage('end');
    },
  };
}
