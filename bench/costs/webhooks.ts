import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import type { Ticketrail } from '../subjects/ticketrail.ts';
import { onCleanUp } from '../support.ts';
import { type Case, costOfOrders } from './cost-of-orders.ts';

/** A slow receiver answers after this, ms: it falls ever further behind. */
const SLOW_MS = 2_000;
/** One that asks for everything again does so as often, ms: it catches up all the time. */
const AGAIN_MS = 1_000;

/** A store's webhook, by what it leads to. */
export async function webhookCost() {
  return costOfOrders('Webhooks', {
    none: {},
    none_2: {},
    dead: webhookTo(`http://127.0.0.1:${await freePort()}/`),
    slow: webhookTo(await receiver(SLOW_MS)),
    fast: webhookTo(await receiver(0)),
    replay: replayed(await receiver(0)),
  });
}

const webhookTo = (url: string): Case => ({
  environment: { PRIVATE_TARGETS: '1' },
  begin: async (server, storeId) => void (await addWebhook(server, storeId, url)),
});

/** One that is sent everything again all the time. */
function replayed(url: string): Case {
  let again: () => Promise<unknown>;
  return {
    environment: { PRIVATE_TARGETS: '1' },
    async begin(server, storeId) {
      const { id } = await addWebhook(server, storeId, url);
      again = () => server.call('POST', `/webhooks/${id}/replay`, ADMIN_TOKEN, { from: 1 });
    },
    async during(ended) {
      while (!ended.aborted) {
        await again();
        await sleep(AGAIN_MS, undefined, { signal: ended }).catch(() => undefined);
      }
    },
  };
}

const addWebhook = ({ call }: Ticketrail, storeId: string, url: string) =>
  call('POST', `/stores/${storeId}/webhooks`, ADMIN_TOKEN, { url });

/** @param ms how long its answers take @returns its address */
async function receiver(ms: number): Promise<string> {
  const worker = new Worker(new URL('./webhook-receiver.ts', import.meta.url), { workerData: ms });
  onCleanUp(() => worker.terminate());
  const [url] = await once(worker, 'message');
  return url;
}
