import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  /** On the clock of `performance.now()`, ms. */
  at: number;
  method: string;
  path: string;
  body: unknown;
}
type WooJson = Record<string, unknown> & { id: number; date_modified_gmt: string };

/**
 * A WooCommerce shop over HTTP: its order routes with their paging, its key, and its way to sign.
 *
 * @param now the time of a change that is made over HTTP, `2026-11-21T10:00:05`; null: the time of the last change stays
 */
export async function createFakeWooCommerce(
  key = { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' },
  now: (() => string) | null = null,
) {
  const orders = new Map<number, WooJson>();
  const requests: Request[] = [];
  const failures: { status: number; headers?: Record<string, string> }[] = [];
  const hidden = new Set<number>();
  let isRevoked = false;
  let onPage: (() => void) | null = null;

  function list(query: URLSearchParams): WooJson[] {
    const after = query.get('modified_after') ?? '';
    const sign = query.get('order') === 'desc' ? -1 : 1;
    const size = Number(query.get('per_page') ?? 10);
    const from = (Number(query.get('page') ?? 1) - 1) * size;
    return [...orders.values()]
      .filter(({ date_modified_gmt: modified }) => modified > after)
      .sort((a, b) => sign * (a.date_modified_gmt.localeCompare(b.date_modified_gmt) || a.id - b.id))
      .slice(from, from + size);
  }

  function answer(method: string, { pathname, searchParams }: URL, body: unknown): [number, unknown] {
    const [, id, notes] = /^\/wp-json\/wc\/v3\/orders(?:\/(\d+))?(\/notes)?$/.exec(pathname) ?? [];
    if (id === undefined) return [200, list(searchParams)];
    const order = orders.get(Number(id));
    if (!order) return [404, { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.' }];
    if (method === 'GET' && hidden.has(order.id)) return [400, { message: 'Not this one.' }];
    if (notes) return [201, { id: 1, ...(body as object) }];
    if (method === 'PUT') Object.assign(order, body, now && { date_modified_gmt: now() });
    return [200, order];
  }

  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const url = new URL(request.url ?? '/', 'http://shop.example');
    const body: unknown = text ? JSON.parse(text) : undefined;
    requests.push({ at: performance.now(), method: request.method ?? '', path: url.pathname, body });
    const failure = failures.shift();
    if (failure) return send(response, failure.status, { message: 'Not now.' }, failure.headers);
    const access = Buffer.from(`${key.consumerKey}:${key.consumerSecret}`).toString('base64');
    if (isRevoked || request.headers.authorization !== `Basic ${access}`)
      return send(response, 401, {
        code: 'woocommerce_rest_cannot_view',
        message: 'Sorry, you cannot list resources.',
      });
    send(response, ...answer(request.method ?? '', url, body));
    onPage?.();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    put: (order: Record<string, unknown>) => void orders.set(Number(order.id), order as WooJson),
    get: (id: number) => orders.get(id),
    /** Answers the next call with this. */
    failNext: (status: number, headers?: Record<string, string>) =>
      void failures.push({ status, ...(headers && { headers }) }),
    /** Refuses to show this order alone; lists have it. */
    hide: (id: number) => void hidden.add(id),
    revokeKey() {
      isRevoked = true;
    },
    /** Called after each answer. */
    afterAnswer(listener: (() => void) | null) {
      onPage = listener;
    },
    /** The delivery of an order by webhook: two of one second have the same delivery id. */
    delivery(order: unknown, topic = 'order.updated') {
      const body = Buffer.from(JSON.stringify(order));
      const signature = createHmac('sha256', key.webhookSecret).update(body).digest('base64');
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'x-wc-webhook-topic': topic,
          'x-wc-webhook-delivery-id': '36e520ebabc2fa725092ff4a47acedf2',
          'x-wc-webhook-signature': signature,
        },
      };
    },
    close: () => void server.close().closeAllConnections(),
  };
}
export type FakeWooCommerce = Awaited<ReturnType<typeof createFakeWooCommerce>>;

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
