import type { Order } from '#contract/order.ts';
import { connectFeed, type FeedClient } from '#test/support/feed-client.ts';
import { sleep } from '#test/support/sleep.ts';

export interface FollowedOrders {
  /** When it showed an order first, by its `externalId`, on the clock of `performance.now()`, ms. */
  seenAt: ReadonlyMap<string, number>;
  /** The order as it was shown last. */
  get(externalId: string): Order | undefined;
  stop(): void;
}

/** Follows the feed of a display's store from its beginning, over restarts of the server. */
export async function followOrders(url: string, token: string, onNew: (order: Order) => void): Promise<FollowedOrders> {
  const orders = new Map<string, Order>();
  const seenAt = new Map<string, number>();
  let position: { since: number; epoch: string } | null = null;
  let client: FeedClient | null = null;
  let isStopped = false;

  async function connect(): Promise<void> {
    client = await connectFeed(url, {
      token,
      ...(position && { query: position }),
      onMessage(message) {
        if (message.type === 'hello') position ??= { since: message.data.head, epoch: message.data.epoch };
        if (!('seq' in message) || !position) return;
        position.since = message.seq;
        const { order } = message.data;
        if (!order?.externalId) return;
        orders.set(order.externalId, order);
        if (seenAt.has(order.externalId)) return;
        seenAt.set(order.externalId, performance.now());
        onNew(order);
      },
    });
  }

  async function follow(): Promise<void> {
    while (!isStopped) {
      await client?.ended;
      while (!isStopped && (await connect().catch(() => 'away')) === 'away') await sleep(100);
    }
  }

  await connect();
  void follow();
  return {
    seenAt,
    get: (externalId) => orders.get(externalId),
    stop() {
      isStopped = true;
      client?.ws.terminate();
    },
  };
}
