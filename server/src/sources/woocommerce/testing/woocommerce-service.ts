import { createServiceClock, type FakeService } from '../../testing/fake-service.ts';
import { createFakeWooCommerce } from './fake-woocommerce.ts';
import { wooPayload } from './woo-payload.ts';

/** The fake WooCommerce shop for the suite of all adapters. */
export async function createWooCommerceService(): Promise<FakeService> {
  const clock = createServiceClock();
  const now = () => new Date(clock.next()).toISOString().slice(0, 19);
  const secret = { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' };
  const shop = await createFakeWooCommerce(secret, now);
  const put = (id: number, changes: Record<string, unknown> = {}) => {
    const at = now();
    const before = shop.get(id) ?? wooPayload({ id, number: String(id), date_created_gmt: at });
    shop.put({ ...before, ...changes, date_modified_gmt: at });
  };
  return {
    kind: 'woocommerce',
    settings: { url: 'https://shop.example', baseUrl: shop.url },
    secret,
    pass: clock.pass,
    place: (order) => put(order, { status: 'processing' }),
    change: (order, note) => put(order, { customer_note: note }),
    cancel: (order) => put(order, { status: 'cancelled' }),
    draft: (order) => put(order, { status: 'checkout-draft' }),
    idOf: String,
    delivery: (order) => shop.delivery(shop.get(order)),
    repeatsWebhooks: false,
    said: (order) =>
      shop.requests.flatMap(({ method, path, body }) =>
        method === 'GET' || !path.split('/').includes(String(order)) ? [] : wordOf(body),
      ),
    completed: 'completed',
    statusOf: (order) => String(shop.get(order)?.status),
    calls: () => shop.requests.map(({ at }) => at),
    answerNext: shop.failNext,
    afterAnswer: shop.afterAnswer,
    revokeKey: shop.revokeKey,
    close: shop.close,
  };
}

const wordOf = (body: unknown): string => {
  const { status, note } = body as { status?: string; note?: string };
  return status ?? note ?? '';
};
