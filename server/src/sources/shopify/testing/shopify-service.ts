import { createServiceClock, type FakeService } from '../../testing/fake-service.ts';
import { createFakeShopify, shopifyPayload } from './fake-shopify.ts';

/** The fake Shopify shop for the suite of all adapters. */
export async function createShopifyService(): Promise<FakeService> {
  const clock = createServiceClock();
  const now = () => new Date(clock.next()).toISOString().replace('.000', '');
  const secret = { clientId: 'id', clientSecret: 'hush' };
  const shop = await createFakeShopify(secret, now);
  const gidOf = (order: number) => `gid://shopify/Order/${order}`;
  const put = (order: number, changes: Record<string, unknown> = {}) => {
    const updatedAt = now();
    const before = shop.get(gidOf(order)) ?? shopifyPayload(order, { createdAt: updatedAt });
    shop.put({ ...before, ...changes, updatedAt });
  };
  return {
    kind: 'shopify',
    settings: { shop: 'my-store', baseUrl: shop.url },
    secret,
    pass: clock.pass,
    place: (order) => put(order),
    change: (order, note) => put(order, { note }),
    cancel: (order) => put(order, { cancelledAt: now() }),
    draft: null,
    idOf: String,
    delivery: (order) => {
      const { body, headers } = shop.delivery({ admin_graphql_api_id: gidOf(order) });
      return { body, headers };
    },
    repeatsWebhooks: true,
    said: (order) =>
      shop.mutations.flatMap(({ query, variables }) =>
        JSON.stringify(variables).includes(`"gid://shopify/FulfillmentOrder/${order}"`)
          ? (/mutation[^{]*\{\s*(\w+)/.exec(query)?.[1] ?? '')
          : [],
      ),
    completed: 'fulfillmentCreate',
    statusOf: (order) => String(shop.get(gidOf(order))?.displayFulfillmentStatus),
    calls: () => shop.calls,
    answerNext: shop.failNext,
    afterAnswer: shop.afterAnswer,
    revokeKey: shop.revokeApp,
    close: shop.close,
  };
}
