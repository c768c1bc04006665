import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { createFakeHubRise, type FakeHubRise } from './testing/fake-hubrise.ts';
import { hubrisePayload } from './testing/hubrise-payload.ts';

let server: TestServer;
let store: TestStore;
let fake: FakeHubRise;
let source: { id: string; eventsUrl: string };

const body = (settings: object, secret: object = { accessToken: 'tok', clientSecret: 'hush' }) => ({
  body: { kind: 'hubrise', name: 'HubRise', settings, secret },
});
const WITHIN = { timeout: 10_000, interval: 50 };
const now = () => new Date().toISOString();
const placed = (id: string, changes = {}) =>
  hubrisePayload({ id, created_at: now(), expected_time: null, service_type: 'collection', ...changes });
const find = async (id: string) => {
  const { json } = await server.api('GET', `/orders?storeId=${store.id}&limit=200`);
  return json.orders.filter(({ externalId }: { externalId: string }) => externalId === `hubrise:${id}`);
};
const pull = async () => (await server.api('POST', `/sources/${source.id}/pull`)).json;
const saidOf = (id: string) => fake.statuses.filter((one) => one.id === id).map(({ status }) => status);
const hear = ({ body, headers }: ReturnType<FakeHubRise['delivery']>) =>
  fetch(source.eventsUrl, { method: 'POST', body, headers });

beforeAll(async () => {
  server = await startServer({ PRIVATE_TARGETS: '1' });
  store = await server.makeStore();
  fake = await createFakeHubRise();
  fake.place(placed('open'));
  fake.place(placed('done', { status: 'completed' }));
  const settings = { locationId: '3r4s3-1', baseUrl: fake.url };
  const { status, json } = await server.api('POST', `/stores/${store.id}/sources`, body(settings));
  if (status !== 201) throw new Error(JSON.stringify(json));
  source = json;
});
afterAll(async () => {
  fake.close();
  await server.close();
});

it.each([
  [{}, undefined, 'settings.locationId'],
  [{ locationId: '../x' }, undefined, 'settings.locationId'],
  [{ locationId: 'a', pollSeconds: 20 }, undefined, 'settings.pollSeconds'],
  [{ locationId: 'a', shop: 'b' }, undefined, 'settings.shop'],
  [{ locationId: 'a' }, { clientSecret: 'x' }, 'secret.accessToken'],
])('refuses %j and %j, naming %s', async (settings, secret, path) => {
  const { status, json } = await server.api('POST', `/stores/${store.id}/sources`, body(settings, secret));
  expect([status, json.error.details.map((one: { path: string }) => one.path)]).toEqual([400, [path]]);
});

it('brings the open orders of a location that is added, and says that they are received', async () => {
  await expect.poll(() => find('open'), WITHIN).toHaveLength(1);
  await expect.poll(() => saidOf('open'), WITHIN).toEqual(['received']);
  expect(await find('done')).toEqual([]);
});

it('brings the orders of events, each once, however often the event comes', async () => {
  const event = fake.place(placed('a'));
  fake.tell({ ...event, id: 'again1' }, { ...event, id: 'again2' });
  expect(await pull()).toMatchObject({ taken: 1, refused: 0 });
  fake.tell({ ...event, id: 'again3' });
  expect((await pull()).taken).toBe(0);
  expect(await find('a')).toHaveLength(1);
});

it('takes nothing back for an old event after a newer one', async () => {
  const old = fake.place(placed('b'), { at: new Date(Date.now() - 60_000).toISOString() });
  fake.change('b', { customer_notes: 'with ice' });
  await pull();
  for (const isHidden of [false, true]) {
    if (isHidden) fake.hide('b');
    fake.tell({ ...old, id: `old${isHidden}` });
    await pull();
    expect((await find('b'))[0].note).toContain('with ice');
  }
});

it('brings an order whose callback rang, once for three equal ones, and stores nothing for a forged one', async () => {
  const event = fake.place(placed('c'), { isLost: true });
  const { body, headers } = fake.delivery(event);
  const forged = await hear({ body, headers: { ...headers, 'x-hubrise-hmac-sha256': 'ab'.repeat(32) } });
  expect(forged.status).toBe(401);
  expect(await find('c')).toEqual([]);
  const answers = await Promise.all([1, 2, 3].map(() => hear({ body, headers })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await expect.poll(() => find('c'), WITHIN).toHaveLength(1);
});

it('follows what another program does with an order, and does not say it back', async () => {
  await expect.poll(() => saidOf('c'), WITHIN).toEqual(['received']);
  fake.change('c', { status: 'cancelled' });
  await pull();
  expect((await find('c'))[0]).toMatchObject({ status: 'cancelled', reason: 'Cancelled in HubRise' });
  expect(saidOf('c')).toEqual(['received']);
});

it('says each status once, also after a 429', async () => {
  const [{ id }] = await find('a');
  const to = (status: string) => server.api('POST', `/orders/${id}/status`, { body: { status } });
  await expect.poll(() => saidOf('a'), WITHIN).toEqual(['received']);
  fake.failNext([429, {}, { 'retry-after': '1' }]);
  await to('preparing');
  await expect.poll(() => saidOf('a'), WITHIN).toEqual(['received', 'accepted']);
  await to('ready');
  await expect.poll(() => saidOf('a'), WITHIN).toEqual(['received', 'accepted', 'awaiting_collection']);
  await to('completed');
  await expect.poll(() => fake.get('a')?.status, WITHIN).toBe('completed');
  expect(saidOf('a')).toHaveLength(4);
});

it('loses and repeats nothing when it ends between storing an order and deleting its event', async () => {
  const event = fake.place(placed('d'));
  const end = Promise.withResolvers<void>();
  let isAsked = false;
  fake.onRequest(({ method }) => {
    if (method !== 'DELETE') return null;
    isAsked = true;
    return end.promise;
  });
  // A callback that names no order is answered by a pull.
  await hear(fake.delivery({ ...event, order_id: '' }));
  await expect.poll(() => isAsked, WITHIN).toBe(true);
  expect(await find('d')).toHaveLength(1);
  // The kitchen takes back an order that it completed; the list at the start shows it as completed.
  const [{ id: recalled }] = await find('a');
  const reads = () => fake.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/a')).length;
  const before = reads();
  await server.api('POST', `/orders/${recalled}/status`, { body: { status: 'ready' } });
  await expect.poll(reads, WITHIN).toBe(before + 1);
  await server.stop();
  fake.onRequest(null);
  end.resolve();
  // What happens meanwhile, also if its event is lost.
  fake.change('d', { status: 'cancelled' }, { isLost: true });
  fake.place(placed('e'), { isLost: true });
  fake.place(placed('f', { status: 'completed' }), { isLost: true });

  const { dir } = server;
  server = await startServer({ PRIVATE_TARGETS: '1' }, dir);
  await expect.poll(async () => (await find('e')).length, WITHIN).toBe(1);
  expect((await find('d')).map(({ status }: { status: string }) => status)).toEqual(['cancelled']);
  expect((await find('a'))[0]).toMatchObject({ id: recalled, status: 'ready' });
  expect(await find('f')).toEqual([]);
  expect(fake.waiting()).toEqual([]);
});

it('says in words that the token is no longer accepted, and calls the owner', async () => {
  fake.revokeToken();
  expect((await server.api('POST', `/sources/${source.id}/pull`)).status).toBe(409);
  const seen = (await server.api('GET', `/sources/${source.id}`)).json;
  expect(seen.problem).toMatch(/^HubRise no longer accepts the key: The access token is invalid/);
  const { escalations } = (await server.api('GET', `/stores/${store.id}/escalations?open=true`)).json;
  expect(escalations).toEqual([expect.objectContaining({ kind: 'source' })]);
});
