import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { createFakeWooCommerce, type FakeWooCommerce } from './woocommerce/testing/fake-woocommerce.ts';
import { line, wooPayload } from './woocommerce/testing/woo-payload.ts';

let server: TestServer;
let store: TestStore;
let shop: FakeWooCommerce;
let source: { id: string; eventsUrl: string };

beforeAll(async () => {
  server = await startServer({ PRIVATE_TARGETS: '1' });
  store = await server.makeStore();
  shop = await createFakeWooCommerce();
  const body = {
    kind: 'woocommerce',
    name: 'Web shop',
    settings: { url: 'https://shop.example', baseUrl: shop.url, pollSeconds: 3_600 },
    secret: { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' },
  };
  shop.put(wooPayload({ id: 1, status: 'processing' }));
  const { status, json } = await server.api('POST', `/stores/${store.id}/sources`, { body });
  if (status !== 201) throw new Error(JSON.stringify(json));
  source = json;
});
afterAll(async () => {
  shop.close();
  await server.close();
});

const find = async (id: number) =>
  (await server.api('GET', `/orders?storeId=${store.id}&limit=200`)).json.orders.filter(
    ({ externalId }: { externalId: string }) => externalId === `woocommerce:${id}`,
  );
const WITHIN = { timeout: 8_000, interval: 50 };
const hear = ({ body, headers }: ReturnType<FakeWooCommerce['delivery']>) =>
  fetch(source.eventsUrl, { method: 'POST', body, headers });
const said = (id: number) => shop.requests.filter(({ method, path }) => method !== 'GET' && path.includes(`/${id}`));

it('brings the open orders of a shop that is added, once, however often it is pulled', async () => {
  await expect.poll(() => find(1), WITHIN).toHaveLength(1);
  const again = (await server.api('POST', `/sources/${source.id}/pull`)).json;
  expect(again.taken).toBe(0);
  expect(await find(1)).toHaveLength(1);
});

it('brings an order whose webhook rang, once for three equal ones', async () => {
  const order = wooPayload({ id: 2, status: 'processing' });
  shop.put(order);
  const answers = await Promise.all([1, 2, 3].map(() => hear(shop.delivery(order))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await expect.poll(() => find(2), WITHIN).toHaveLength(1);
});

it('goes on after an order that the shop does not show alone', async () => {
  const [first, second] = [wooPayload({ id: 10, status: 'processing' }), wooPayload({ id: 11, status: 'processing' })];
  shop.put(first);
  shop.hide(10);
  await hear(shop.delivery(first));
  await expect.poll(() => find(10), WITHIN).toHaveLength(1);
  shop.put(second);
  await hear(shop.delivery(second));
  await expect.poll(() => find(11), WITHIN).toHaveLength(1);
});

it('answers a forged webhook with 401, and stores nothing', async () => {
  const order = wooPayload({ id: 3 });
  shop.put(order);
  const { body, headers } = shop.delivery(order);
  const forged = { ...headers, 'x-wc-webhook-signature': 'AAAA' };
  expect((await hear({ body, headers: forged })).status).toBe(401);
  expect(await find(3)).toEqual([]);
});

it('says each status to the shop once, also after a 429', async () => {
  const [order] = await find(1);
  const to = (status: string) => server.api('POST', `/orders/${order.id}/status`, { body: { status } });
  if (order.status === 'pending') await to('preparing');
  await to('ready');
  await expect.poll(() => said(1).length, WITHIN).toBeGreaterThan(0);
  shop.failNext(429, { 'retry-after': '1' });
  await to(order.fulfilment === 'delivery' ? 'delivering' : 'completed');
  if (order.fulfilment === 'delivery') await to('completed');
  await expect.poll(() => shop.get(1)?.status, WITHIN).toBe('completed');
  const { entries } = (await server.api('GET', `/sources/${source.id}/log`)).json;
  expect(entries.filter(({ detail }: { detail: string }) => detail === 'completed')).toHaveLength(1);
});

it('calls the owner for an order that is too large, until it can be taken', async () => {
  const many = (meta: object[]) => Array.from({ length: 50 }, (_, id) => line({ id: id + 1, meta_data: meta }));
  const extras = Array.from({ length: 20 }, (_, id) => ({ id, key: `Extra ${id}`, value: 'x'.repeat(180) }));
  const open = async () =>
    (await server.api('GET', `/stores/${store.id}/escalations?open=true`)).json.escalations.map(
      ({ detail }: { detail: string }) => detail,
    );
  const order = (meta: object[], modified: string) =>
    shop.put(wooPayload({ id: 20, line_items: many(meta), date_modified_gmt: modified }));
  const pull = () => server.api('POST', `/sources/${source.id}/pull`).then(({ json }) => json);
  order(extras, '2026-11-21T10:01:00');
  for (let time = 0; time < 2; time++) expect(await pull()).toMatchObject({ refused: 1 });
  const { entries } = (await server.api('GET', `/sources/${source.id}/log`)).json;
  expect(
    entries.filter(({ outcome, what }: Record<string, string>) => outcome === 'refused' && what === 'order'),
  ).toHaveLength(1);
  expect(await open()).toEqual([expect.stringContaining('The order 20 of Web shop could not be taken')]);
  order([], '2026-11-21T10:02:00');
  expect(await pull()).toMatchObject({ taken: 1, refused: 0 });
  expect(await open()).toEqual([]);
});

it('says in words that the key is no longer accepted, and calls the owner', async () => {
  await expect.poll(async () => (await figures())('source_statuses_waiting'), WITHIN).toBe(0);
  shop.revokeKey();
  expect((await server.api('POST', `/sources/${source.id}/pull`)).status).toBe(409);
  const seen = (await server.api('GET', `/sources/${source.id}`)).json;
  expect(seen.problem).toBe('Web shop no longer accepts the key: Sorry, you cannot list resources');
  expect(seen.failingSince).not.toBeNull();
  const { escalations } = (await server.api('GET', `/stores/${store.id}/escalations?open=true`)).json;
  expect(escalations).toEqual([expect.objectContaining({ kind: 'source' })]);
});

it('has figures of its kind for the dashboard', async () => {
  const figure = await figures();
  expect(figure('sources', ',state="failing"')).toBe(1);
  expect(figure('sources', ',state="working"')).toBe(0);
  expect(figure('source_orders_total', ',outcome="refused"')).toBe(1);
  expect(figure('source_orders_total', ',outcome="taken"')).toBeGreaterThan(3);
  expect(figure('source_pulls_total', ',outcome="failed"')).toBeGreaterThan(0);
  expect(figure('source_pulls_total', ',outcome="done"')).toBeGreaterThan(1);
  expect(figure('source_statuses_waiting')).toBe(0);
  expect(figure('source_pull_age_seconds')).toBeGreaterThan(0);
});

async function figures() {
  const { text } = await server.api('GET', '/metrics');
  return (name: string, labels = '') =>
    Number(new RegExp(`^ticketrail_${name}{kind="woocommerce"${labels}} (.+)$`, 'm').exec(text)?.[1]);
}
