import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import type { FeedClientData } from './feed/client.ts';
import { type Case, type Costs, measureInTurn, type Turns } from './in-turn.ts';
import { onCleanUp } from './support.ts';

/** The cost of the programs on a store's feed to those who order, by what they do. */
export const feedCost = (turns: Turns): Promise<Costs<'none' | 'none_2' | 'reads' | 'stuck' | 'again'>> =>
  measureInTurn(
    { none: {}, none_2: {}, reads: feedTo('reads'), stuck: feedTo('stuck'), again: feedTo('again') },
    turns,
  );

/** One program on the feed, in a worker, so that it takes no time of what measures. It runs in its turns only. */
function feedTo(does: FeedClientData['does']): Case {
  let worker: Worker;
  return {
    async begin({ url }, storeId) {
      const workerData: FeedClientData = { url, storeId, token: ADMIN_TOKEN, does };
      worker = new Worker(new URL('./feed/client.ts', import.meta.url), { workerData });
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
