import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createOutboundAgent } from '../../outbound/create-outbound-agent.ts';
import { createServiceClient } from '../create-service-client.ts';
import { AccessEnded, Later } from '../service-client.ts';
import { createFakeWooCommerce, type FakeWooCommerce } from './testing/fake-woocommerce.ts';
import { wooPayload } from './testing/woo-payload.ts';
import { woocommerce } from './woocommerce.ts';

const dispatcher = createOutboundAgent(true);
const shops: FakeWooCommerce[] = [];
afterEach(() => {
  for (const shop of shops.splice(0)) shop.close();
});

async function connect(webhookSecret = 'hush') {
  const shop = await createFakeWooCommerce({ consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' });
  shops.push(shop);
  const settings = woocommerce.settings.parse({ url: 'https://shop.example/' });
  const secret = { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret };
  const access = woocommerce.service({ settings, secret, baseUrl: `${shop.url}/` });
  if (!access) throw new Error('unreachable');
  const client = createServiceClient(access, { dispatcher });
  const store = { currency: 'EUR', timeZone: 'Europe/Berlin' };
  const calls = woocommerce.open({ settings, secret, client, eventsUrl: 'https://x/e', store, now: () => 0 });
  async function pull(cursor: string | null) {
    const ids: string[] = [];
    for await (const page of calls.pull?.(cursor) ?? []) {
      ids.push(...page.orders.map(({ id }) => id));
      cursor = page.cursor;
    }
    return { ids: new Set(ids), cursor };
  }
  return { shop, calls, pull };
}
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 10, minutes)).toISOString().slice(0, 19);

describe('WooCommerce, pulled', () => {
  it('brings first what changed within a day of the newest', async () => {
    const { shop, pull } = await connect();
    shop.put(wooPayload({ id: 1, date_modified_gmt: at(-3 * 24 * 60) }));
    shop.put(wooPayload({ id: 2, date_modified_gmt: at(-60) }));
    shop.put(wooPayload({ id: 3, date_modified_gmt: at(-30), status: 'completed' }));
    shop.put(wooPayload({ id: 4, date_modified_gmt: at(0), status: 'on-hold' }));
    expect((await pull(null)).ids).toEqual(new Set(['2', '3', '4']));
  });

  it('has no cursor as long as the shop is empty', async () => {
    const { pull } = await connect();
    expect(await pull(null)).toEqual({ ids: new Set(), cursor: null });
  });

  it('brings what changed since, by the clock of the shop', async () => {
    const { shop, pull } = await connect();
    shop.put(wooPayload({ id: 1, date_modified_gmt: at(0) }));
    const { cursor } = await pull(null);
    shop.put(wooPayload({ id: 2, date_modified_gmt: at(5) }));
    shop.put(wooPayload({ id: 3, date_modified_gmt: at(6), status: 'cancelled' }));
    expect((await pull(cursor)).ids).toEqual(new Set(['1', '2', '3']));
  });

  it('brings all of 250 orders that were saved in one second', async () => {
    const { shop, pull } = await connect();
    for (let id = 1; id <= 250; id++) shop.put(wooPayload({ id, date_modified_gmt: at(0) }));
    expect((await pull(String(Date.parse(`${at(-10)}Z`)))).ids.size).toBe(250);
  });

  it.each([
    ['of hours', 60, at(-10)],
    ['of the last two minutes', 0.4, at((250 * 0.4) / 60)],
  ])('misses none %s when orders change while the pages are read', async (_, seconds, cursor) => {
    const { shop, pull } = await connect();
    const put = (id: number, place: number) =>
      shop.put(wooPayload({ id, date_modified_gmt: at((place * seconds) / 60) }));
    for (let id = 1; id <= 250; id++) put(id, id);
    shop.afterAnswer(() => {
      shop.afterAnswer(null);
      for (let id = 1; id <= 50; id++) put(id, 300);
    });
    expect((await pull(String(Date.parse(`${cursor}Z`)))).ids.size).toBe(250);
  });

  it('goes on with the others when a plugin broke an order', async () => {
    const { shop, pull } = await connect();
    shop.put({ ...wooPayload({ date_modified_gmt: at(0) }), id: -1 });
    shop.put(wooPayload({ id: 2, date_modified_gmt: at(1) }));
    expect((await pull(null)).ids).toEqual(new Set(['2']));
  });

  it.each([
    [429, { 'retry-after': '7' }, 7_000],
    [503, undefined, null],
  ])('is tried again after a %i', async (status, headers, afterMs) => {
    const { shop, pull } = await connect();
    shop.failNext(status, headers);
    await expect(pull('0')).rejects.toMatchObject(new Later('Not now.', afterMs));
  });

  it('stops when the key is revoked', async () => {
    const { shop, pull } = await connect();
    shop.revokeKey();
    await expect(pull('0')).rejects.toBeInstanceOf(AccessEnded);
  });

  it('looks at one order; there may be none', async () => {
    const { shop, calls } = await connect();
    shop.put(wooPayload({ id: 7 }));
    expect(await calls.look?.('7')).toMatchObject({ id: '7', state: { kind: 'order' } });
    expect(await calls.look?.('8')).toBeNull();
    shop.hide(7);
    expect(await calls.look?.('7')).toMatchObject({ id: '7', state: { kind: 'order' } });
  });
});

describe('a webhook of WooCommerce', () => {
  it('names the order, whose body is not trusted', async () => {
    const { shop, calls } = await connect();
    expect(calls.hear?.(shop.delivery({ id: 12 }))).toEqual({ kind: 'look', ids: ['12'] });
    expect(calls.hear?.(shop.delivery({ id: '../x' }))).toEqual({ kind: 'look', ids: [] });
    expect(calls.hear?.(shop.delivery({ id: 12 }, 'product.updated'))).toMatchObject({ kind: 'nothing' });
  });

  it('is forged with a wrong signature, without one, and after a change', async () => {
    const { shop, calls } = await connect();
    const { body, headers } = shop.delivery({ id: 12 });
    const { 'x-wc-webhook-signature': _, ...unsigned } = headers;
    for (const wrong of [
      { body, headers: unsigned },
      { body: Buffer.from('{"id":13}'), headers },
      { body, headers: { ...headers, 'x-wc-webhook-signature': 'AAAA' } },
      { body: Buffer.from('webhook_id=3&id=4'), headers: unsigned },
    ])
      expect(calls.hear?.(wrong)).toMatchObject({ kind: 'forged' });
  });

  it('without a signature is allowed to test the address', async () => {
    const { calls } = await connect();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(calls.hear?.({ headers, body: Buffer.from('webhook_id=3') })).toMatchObject({ kind: 'nothing' });
  });

  it('is right with a secret that WordPress decodes before it signs', async () => {
    const { calls } = await connect('a&amp;b');
    const body = Buffer.from('{"id":5}');
    const signature = createHmac('sha256', 'a&b').update(body).digest('base64');
    expect(calls.hear?.({ headers: { 'x-wc-webhook-signature': signature }, body })).toMatchObject({ kind: 'look' });
  });
});

describe('a status for WooCommerce', () => {
  const order = (status: string, reason: string | null = null) => ({ status, reason }) as Order;

  it.each([
    ['completed', 'completed'],
    ['rejected', 'cancelled'],
    ['cancelled', 'cancelled'],
  ])('%s is “%s” there', async (ours, theirs) => {
    const { shop, calls } = await connect();
    shop.put(wooPayload({ id: 7 }));
    expect(await calls.push?.(order(ours), '7')).toEqual({ said: theirs });
    expect(shop.get(7)).toMatchObject({ status: theirs });
  });

  it.each(['preparing', 'ready', 'delivering'])('%s is a note that the customer does not get', async (ours) => {
    const { shop, calls } = await connect();
    shop.put(wooPayload({ id: 7 }));
    await calls.push?.(order(ours), '7');
    expect(shop.requests).toMatchObject([
      { method: 'POST', path: '/wp-json/wc/v3/orders/7/notes', body: { customer_note: false } },
    ]);
  });

  it('says why an order is rejected', async () => {
    const { shop, calls } = await connect();
    shop.put(wooPayload({ id: 7 }));
    await calls.push?.(order('rejected', 'Sold out'), '7');
    expect(shop.requests.at(-1)).toMatchObject({ body: { note: 'rejected: Sold out' } });
  });

  it('writes nothing when the shop has it, gave the money back, or needs no word', async () => {
    const { shop, calls } = await connect();
    shop.put(wooPayload({ id: 7, status: 'completed' }));
    shop.put(wooPayload({ id: 8, status: 'refunded' }));
    expect(await calls.push?.(order('completed'), '7')).toHaveProperty('nothing');
    expect(await calls.push?.(order('completed'), '8')).toHaveProperty('nothing');
    expect(await calls.push?.(order('pending'), '7')).toHaveProperty('nothing');
    expect(shop.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
