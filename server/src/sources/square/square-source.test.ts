import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { createFakeSquare, type FakeSquare } from './testing/fake-square.ts';
import { line } from './testing/square-payload.ts';

let server: TestServer;
let store: TestStore;
let fake: FakeSquare;
let source: { id: string; eventsUrl: string };

const makeSource = (changes: Record<string, unknown> = {}) =>
  server.api('POST', `/stores/${store.id}/sources`, {
    body: {
      kind: 'square',
      name: 'Till',
      settings: { locationId: 'L1', environment: 'sandbox', baseUrl: fake.url, pollSeconds: 3_600 },
      secret: { accessToken: 'token', signatureKey: 'hush' },
      ...changes,
    },
  });

beforeAll(async () => {
  server = await startServer({ PRIVATE_TARGETS: '1' });
  store = await server.makeStore();
  fake = await createFakeSquare();
  const { status, json } = await makeSource();
  if (status !== 201) throw new Error(JSON.stringify(json));
  source = json;
});
afterAll(async () => {
  fake.close();
  await server.close();
});

const WITHIN = { timeout: 8_000, interval: 50 };
const findAll = async (id: string) =>
  (await server.api('GET', `/orders?storeId=${store.id}&limit=200`)).json.orders.filter(
    ({ externalId }: { externalId: string }) => externalId === `square:${id}`,
  );
const statusOf = async (id: string): Promise<string | undefined> => (await findAll(id))[0]?.status;
const pull = async () => (await server.api('POST', `/sources/${source.id}/pull`)).json;
const ring = (id: string) => fetch(source.eventsUrl, { method: 'POST', ...fake.event(id, source.eventsUrl) });
const log = async (): Promise<{ what: string; detail: string; externalId: string; outcome: string }[]> =>
  (await server.api('GET', `/sources/${source.id}/log`)).json.entries;
const move = async (id: string, status: string) => {
  const [order] = await findAll(id);
  return server.api('POST', `/orders/${order.id}/status`, { body: { status } });
};
/** An order that is here, and accepted. */
async function accepted(id: string): Promise<void> {
  fake.place(id);
  await ring(id);
  await expect.poll(() => statusOf(id), WITHIN).toBe('pending');
  await move(id, 'preparing');
  await expect.poll(() => fake.statesOf(id), WITHIN).toEqual(['RESERVED']);
}

it.each([
  [{ locationId: 'L1' }, 'settings.environment'],
  [{ locationId: 'L1', environment: 'moon' }, 'settings.environment'],
  [{ locationId: '', environment: 'sandbox' }, 'settings.locationId'],
  [{ locationId: 'L1', environment: 'sandbox', shop: 'x' }, 'settings.shop'],
])('refuses settings %j by their field', async (settings, field) => {
  const { status, json } = await makeSource({ settings });
  expect({ status, path: json.error?.details?.[0]?.path }).toEqual({ status: 400, path: field });
});

it('refuses a source without an access token, and never shows the one that it has', async () => {
  const { status, json } = await makeSource({ secret: { signatureKey: 'hush' } });
  expect({ status, path: json.error?.details?.[0]?.path }).toEqual({ status: 400, path: 'secret.accessToken' });
  expect(JSON.stringify((await server.api('GET', `/sources/${source.id}`)).json)).not.toContain('token');
});

it('follows what the shop changes, and no state that is older', async () => {
  await accepted('changed');
  const older = fake.get('changed');
  fake.change('changed', { line_items: [line({ name: 'Lobio', quantity: '3' })] });
  await ring('changed');
  const itemsOf = async () => (await findAll('changed'))[0].items.map(({ name }: { name: string }) => name);
  await expect.poll(itemsOf, WITHIN).toEqual(['Lobio']);
  const newer = fake.get('changed');
  fake.put(older ?? {});
  await ring('changed');
  await expect.poll(async () => (await log())[0]?.detail, WITHIN).toBe('An older state came late.');
  expect(await itemsOf()).toEqual(['Lobio']);
  fake.put(newer ?? {});
});

it('says each status once, also when the order changes there at the same moment', async () => {
  await accepted('said');
  fake.beforeUpdate(() => {
    fake.beforeUpdate(null);
    fake.change('said', { ticket_name: 'Bo' });
  });
  await move('said', 'ready');
  await expect.poll(() => fake.statesOf('said'), WITHIN).toEqual(['PREPARED']);
  await move('said', 'completed');
  await expect.poll(() => fake.get('said')?.state, WITHIN).toBe('COMPLETED');
  const words = (await log()).flatMap((one) =>
    one.externalId === 'square:said' && one.what === 'status' ? one.detail : [],
  );
  expect(words).toEqual(['COMPLETED', 'PREPARED', 'RESERVED']);
});

it('lets a recall stand when the echo of our own word comes after it', async () => {
  await accepted('recalled');
  await move('recalled', 'ready');
  await expect.poll(() => fake.statesOf('recalled'), WITHIN).toEqual(['PREPARED']);
  await move('recalled', 'preparing');
  await pull();
  expect(await statusOf('recalled')).toBe('preparing');
  await move('recalled', 'ready');
  await move('recalled', 'completed');
  await expect.poll(() => fake.statesOf('recalled'), WITHIN).toEqual(['COMPLETED']);
});

it('shows in the log what Square refuses, and the kitchen goes on', async () => {
  await accepted('refused');
  fake.put({ ...fake.get('refused'), state: 'COMPLETED' });
  expect((await move('refused', 'ready')).status).toBe(200);
  const refusal = async () => (await log()).find((one) => one.outcome === 'refused')?.detail;
  await expect.poll(refusal, WITHIN).toBe('ready: Order is already in state COMPLETED.');
  expect(await statusOf('refused')).toBe('ready');
});
