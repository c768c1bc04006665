import { afterEach, describe, expect, it } from 'vitest';
import { type Order, OrderDraft } from '#contract/order.ts';
import { createOutboundAgent } from '../../outbound/create-outbound-agent.ts';
import { createServiceClient } from '../create-service-client.ts';
import { AccessEnded, Refused } from '../service-client.ts';
import { shopify } from './shopify.ts';
import { createFakeShopify, type FakeShopify, shopifyPayload } from './testing/fake-shopify.ts';

const dispatcher = createOutboundAgent(true);
const shops: FakeShopify[] = [];
afterEach(() => {
  for (const shop of shops.splice(0)) shop.close();
});

async function connect(clientSecret = 'hush') {
  const shop = await createFakeShopify();
  shops.push(shop);
  const settings = shopify.settings.parse({ shop: 'my-store' });
  const secret = { clientId: 'id', clientSecret };
  const access = shopify.service({ settings, secret, baseUrl: shop.url });
  if (!access) throw new Error('unreachable');
  const client = createServiceClient(access, { dispatcher });
  const store = { currency: 'EUR', timeZone: 'Europe/Berlin' };
  const calls = shopify.open({ settings, secret, client, eventsUrl: 'https://x/e', store, now: () => 0 });
  async function pull(cursor: string | null) {
    const ids: string[] = [];
    for await (const page of calls.pull?.(cursor) ?? []) {
      ids.push(...page.orders.map(({ id }) => id));
      cursor = page.cursor;
    }
    return { ids, cursor };
  }
  async function stateOf(changes: Record<string, unknown>) {
    shop.put(shopifyPayload(1, changes));
    const found = await calls.look?.('1');
    if (!found) throw new Error('no order');
    return found.state;
  }
  return { shop, calls, pull, stateOf };
}
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 10, minutes)).toISOString().replace('.000', '');

describe('an order of Shopify', () => {
  it('becomes one of ours, field by field', async () => {
    const { stateOf } = await connect();
    const state = await stateOf({});
    expect(state).toMatchObject({ kind: 'order', status: 'pending', theirStatus: 'open' });
    expect(state.kind === 'order' && OrderDraft.parse(state.draft)).toEqual({
      number: '#1',
      fulfilment: 'pickup',
      customer: { name: 'A B', phone: '+10000000000' },
      items: [
        {
          id: '5',
          name: 'Bread - sliced',
          quantity: 2,
          modifiers: [{ name: 'Extra: seeds', quantity: 1 }],
          unitPriceMinor: 1450,
        },
      ],
      note: 'no onions\nPick up in store\nDiscount SPRING\nPickup-Date: 2026/11/21',
      currency: 'EUR',
      totalMinor: 2900,
      payment: { status: 'paid', method: 'shopify_payments' },
      placedAt: '2026-11-21T10:00:00.000Z',
      dueAt: '2026-11-21T12:30:00.000Z',
    });
  });

  it.each([
    [{ displayFulfillmentStatus: 'FULFILLED' }, 'completed'],
    [{ cancelledAt: '2026-11-21T10:00:00Z' }, 'cancelled'],
    [{ displayFinancialStatus: 'REFUNDED' }, 'cancelled'],
    [{ displayFinancialStatus: 'PENDING' }, 'pending'],
    [{ displayFinancialStatus: 'VOIDED' }, 'none'],
  ])('with %j is %s', async (changes, ours) => {
    const { stateOf } = await connect();
    const state = await stateOf(changes);
    expect(state.kind === 'order' ? state.status : state.kind).toBe(ours);
  });

  it('is delivered to the address, though the app may not read the way of delivery', async () => {
    const { stateOf } = await connect();
    const state = await stateOf({ fulfillmentOrders: null, shippingAddress: { address1: 'Street 2', city: 'Y' } });
    expect(state).toMatchObject({
      draft: { fulfilment: 'delivery', note: expect.stringContaining('Deliver to: Street 2, Y') },
    });
  });

  it('has its lines beyond the first page', async () => {
    const { shop, calls } = await connect();
    const line = (id: number) => ({ id: `gid://shopify/LineItem/${id}`, name: `Dish ${id}`, currentQuantity: 1 });
    shop.answerNext(shopifyAnswer({ nodes: [line(1)], pageInfo: { hasNextPage: true, endCursor: 'c' } }));
    shop.answerNext(shopifyAnswer({ nodes: [line(2)], pageInfo: { hasNextPage: false } }));
    expect((await calls.look?.('1'))?.state).toMatchObject({
      draft: { items: [{ name: 'Dish 1' }, { name: 'Dish 2' }] },
    });
  });
});
const shopifyAnswer = (lineItems: unknown) => ({ data: { order: shopifyPayload(1, { lineItems }) } });

describe('Shopify, pulled', () => {
  it('brings first what changed within a day of the newest, then what changed since', async () => {
    const { shop, pull } = await connect();
    shop.put(shopifyPayload(1, { updatedAt: at(-3 * 24 * 60) }));
    shop.put(shopifyPayload(2, { updatedAt: at(-30), displayFulfillmentStatus: 'FULFILLED' }));
    for (let i = 3; i < 20; i++) shop.put(shopifyPayload(i, { updatedAt: at(i) }));
    const { ids, cursor } = await pull(null);
    expect(ids).toEqual(Array.from({ length: 18 }, (_, i) => String(i + 2)));
    shop.put(shopifyPayload(3, { updatedAt: at(60), cancelledAt: at(60) }));
    expect((await pull(cursor)).ids).toContain('3');
  });

  it('takes a new token when the old one has ended', async () => {
    const { shop, pull } = await connect();
    shop.put(shopifyPayload(1));
    await pull('0');
    shop.endToken();
    expect((await pull('0')).ids).toEqual(['1']);
  });

  it('stops when the app is not known', async () => {
    const { pull } = await connect('wrong');
    await expect(pull('0')).rejects.toBeInstanceOf(AccessEnded);
  });

  it('waits until the query can be paid for', async () => {
    const { shop, pull } = await connect();
    const cost = { requestedQueryCost: 500, throttleStatus: { currentlyAvailable: 100, restoreRate: 50 } };
    shop.answerNext({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } });
    await expect(pull('0')).rejects.toMatchObject({ afterMs: 8_000 });
  });
});

describe('a webhook of Shopify', () => {
  it('names the order, if the signature is right', async () => {
    const { shop, calls } = await connect();
    const delivery = shop.delivery({ id: 12, admin_graphql_api_id: 'gid://shopify/Order/12' });
    expect(calls.hear?.(delivery)).toEqual({ kind: 'look', ids: ['12'] });
    expect(calls.hear?.({ ...delivery, body: Buffer.from('{"id":13}') })).toMatchObject({ kind: 'forged' });
    expect(calls.hear?.({ ...delivery, headers: {} })).toMatchObject({ kind: 'forged' });
    expect(calls.hear?.(shop.delivery({ id: 12 }, 'products/update'))).toMatchObject({ kind: 'nothing' });
  });
});

describe('a status for Shopify', () => {
  const order = (status: string, fulfilment = 'pickup') => ({ status, fulfilment }) as Order;

  it.each([
    ['ready', 'fulfillmentOrderLineItemsPreparedForPickup', 'input'],
    ['completed', 'fulfillmentCreate', 'fulfillment'],
  ])('%s is %s', async (status, mutation, argument) => {
    const { shop, calls } = await connect();
    shop.put(shopifyPayload(7));
    await calls.push?.(order(status), '7');
    const part = { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/7' };
    expect(shop.mutations).toMatchObject([
      { query: expect.stringContaining(mutation), variables: { [argument]: { lineItemsByFulfillmentOrder: [part] } } },
    ]);
  });

  it('is refused with their words', async () => {
    const { shop, calls } = await connect();
    shop.put(shopifyPayload(7));
    shop.refuseWith('It is on hold');
    const said = calls.push?.(order('completed'), '7');
    await expect(said).rejects.toBeInstanceOf(Refused);
    await expect(said).rejects.toThrow('It is on hold');
  });

  it('is not said where Shopify has no word, or nothing is left to do', async () => {
    const { shop, calls } = await connect();
    shop.put(shopifyPayload(7, { fulfillmentOrders: { nodes: [{ id: 'gid://x/1', status: 'CLOSED' }] } }));
    for (const one of [order('preparing'), order('cancelled'), order('ready', 'delivery'), order('completed')])
      expect(await calls.push?.(one, '7')).toHaveProperty('nothing');
    expect(shop.mutations).toEqual([]);
  });
});
