import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type ShopifyJson = Record<string, unknown> & { id: string; updatedAt: string };
interface Fulfilment {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string }[];
}
interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

/** An order as the Admin API writes it; names and numbers are made up. */
export const shopifyPayload = (number: number, changes: Record<string, unknown> = {}): ShopifyJson => ({
  id: `gid://shopify/Order/${number}`,
  name: `#${number}`,
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:05Z',
  cancelledAt: null,
  note: 'no onions',
  phone: null,
  displayFinancialStatus: 'PAID',
  displayFulfillmentStatus: 'UNFULFILLED',
  discountCodes: ['SPRING'],
  paymentGatewayNames: ['shopify_payments'],
  customAttributes: [
    { key: 'Pickup-Date', value: '2026/11/21' },
    { key: 'Pickup-Time', value: '1:30 PM' },
  ],
  currentTotalPriceSet: { shopMoney: { amount: '29.0', currencyCode: 'EUR' } },
  shippingAddress: null,
  billingAddress: { name: 'A B', phone: '+10000000000', company: null, address1: 'Street 1', zip: '00000', city: 'X' },
  shippingLine: { title: 'Pick up in store' },
  fulfillmentOrders: {
    nodes: [
      { id: `gid://shopify/FulfillmentOrder/${number}`, status: 'OPEN', deliveryMethod: { methodType: 'PICK_UP' } },
    ],
  },
  lineItems: {
    nodes: [
      {
        id: 'gid://shopify/LineItem/5',
        name: 'Bread - sliced',
        currentQuantity: 2,
        customAttributes: [
          { key: 'Extra', value: 'seeds' },
          { key: '_hidden', value: 'x' },
        ],
        originalUnitPriceSet: { shopMoney: { amount: '14.5' } },
      },
    ],
    pageInfo: { hasNextPage: false, endCursor: null },
  },
  ...changes,
});

/**
 * A Shopify shop over HTTP: its token exchange, the queries and mutations that we use, and its way to sign.
 *
 * @param now the time of a change by a mutation, `2026-11-21T10:00:05Z`; null: mutations change nothing
 */
export async function createFakeShopify(
  app = { clientId: 'id', clientSecret: 'hush' },
  now: (() => string) | null = null,
) {
  const orders = new Map<string, ShopifyJson>();
  const mutations: Asked[] = [];
  const answers: unknown[] = [];
  const calls: number[] = [];
  const failures: { status: number; headers: Record<string, string> }[] = [];
  let isRevoked = false;
  let onAnswer: (() => void) | null = null;
  let tokens = 0;
  let userErrors: { message: string }[] = [];

  function answer({ query, variables }: Asked): unknown {
    if (query.startsWith('mutation')) {
      mutations.push({ query, variables });
      if (now && 'fulfillment' in variables) fulfil(variables.fulfillment as Fulfilment, now());
      return { data: { payload: { userErrors } } };
    }
    if ('id' in variables) return { data: { order: orders.get(String(variables.id)) ?? null } };
    const since = /updated_at:>='([^']+)'/.exec(String(variables.query))?.[1] ?? '';
    const all = [...orders.values()]
      .filter(({ updatedAt }) => updatedAt >= since)
      .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
    if (variables.reverse) all.reverse();
    const from = Number(variables.after ?? 0);
    const size = Number(/first: (\d+), query/.exec(query)?.[1]);
    const pageInfo = { hasNextPage: all.length > from + size, endCursor: String(from + size) };
    return { data: { orders: { nodes: all.slice(from, from + size), pageInfo } } };
  }

  function fulfil({ lineItemsByFulfillmentOrder: parts }: Fulfilment, updatedAt: string): void {
    for (const { fulfillmentOrderId } of parts) {
      const order = orders.get(fulfillmentOrderId.replace('FulfillmentOrder', 'Order'));
      if (!order) continue;
      const nodes = [{ id: fulfillmentOrderId, status: 'CLOSED', deliveryMethod: { methodType: 'PICK_UP' } }];
      Object.assign(order, { updatedAt, displayFulfillmentStatus: 'FULFILLED', fulfillmentOrders: { nodes } });
    }
  }

  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const send = (status: number, json: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    calls.push(performance.now());
    const failure = failures.shift();
    if (failure) return send(failure.status, { errors: 'Not now.' }, failure.headers);
    if (request.url === '/admin/oauth/access_token') {
      if (isRevoked || body.client_id !== app.clientId || body.client_secret !== app.clientSecret)
        return send(400, { error: 'invalid_client', error_description: 'The client is not known.' });
      tokens += 1;
      return send(200, { access_token: `token-${tokens}`, scope: 'read_orders', expires_in: 86_399 });
    }
    if (request.headers['x-shopify-access-token'] !== `token-${tokens}`)
      return send(401, { errors: 'Invalid API key' });
    send(200, answers.shift() ?? answer(body));
    onAnswer?.();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mutations,
    /** When it was called, on the clock of `performance.now()`, ms. */
    calls,
    get: (id: string) => orders.get(id),
    put: (order: ShopifyJson) => void orders.set(order.id, order),
    /** Answers the next query with this. */
    answerNext: (json: unknown) => void answers.push(json),
    /** Answers the next call, whatever it is, with this status. */
    failNext: (status: number, headers: Record<string, string> = {}) => void failures.push({ status, headers }),
    /** Called after each answer. */
    afterAnswer(listener: (() => void) | null) {
      onAnswer = listener;
    },
    /** The app is no longer installed. */
    revokeApp() {
      isRevoked = true;
      tokens += 1;
    },
    /** The token that was given is no longer valid. */
    endToken() {
      tokens += 1;
    },
    refuseWith(message: string) {
      userErrors = [{ message }];
    },
    delivery(order: unknown, topic = 'orders/updated') {
      const body = Buffer.from(JSON.stringify(order));
      const signature = createHmac('sha256', app.clientSecret).update(body).digest('base64');
      return { body, headers: { 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': signature } };
    },
    close: () => void server.close().closeAllConnections(),
  };
}
export type FakeShopify = Awaited<ReturnType<typeof createFakeShopify>>;
