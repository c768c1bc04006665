import { onTestFinished } from 'vitest';
import type { MadeWebhook, WebhookDraft } from '#contract/webhook.ts';
import { until } from '#test/support/until.ts';
import { draft, makeShop } from './shop.ts';
import type { TempService } from './temp-service.ts';
import { type Call, type Receiver, startReceiver } from './webhook-receiver.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A shop with a receiver, on a service with a simulated clock that delivers to webhooks. */
export async function webhookShop(temp: TempService) {
  const shop = await makeShop(temp.service);
  const receiver = await aReceiver();
  temp.service.deliverWebhooks();

  const add = (over: Partial<WebhookDraft> = {}, url = receiver.url): Promise<MadeWebhook> =>
    temp.service.webhooks.create(shop.id, { url, events: undefined, disabled: undefined, ...over });

  return {
    ...shop,
    receiver,
    add,
    /** Also after a restart. */
    place: async () => (await temp.service.orders.create(shop.integration, shop.id, draft())).order,
    /** Lets time pass at once. */
    async pass(ms: number): Promise<void> {
      temp.clock.now += ms;
      await temp.service.lookAtWebhooks();
    },
    /** Starts the service again after a stop. */
    async restart(): Promise<void> {
      const service = await temp.restart();
      service.deliverWebhooks();
      await service.lookAtWebhooks();
    },
    /** Looks, as a running server does, until the condition holds. */
    until: <T>(what: string, ask: () => T | Promise<T>) =>
      until(
        what,
        async () => {
          await temp.service.lookAtWebhooks();
          return ask();
        },
        10_000,
        10,
      ),
    deliveries: (id: string) => temp.service.webhooks.deliveries(id, null),
  };
}

export async function aReceiver(): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.kill());
  return receiver;
}

/** The numbers of the changes among calls. */
export const seqs = (calls: readonly Call[]): number[] => calls.flatMap(({ message }) => message.seq ?? []);

/** From `first` to `last`. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
