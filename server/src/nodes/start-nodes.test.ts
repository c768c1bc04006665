import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Presence } from '#contract/sync.ts';
import { dropDatabaseOf } from '#test/support/database-of.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

const PATIENCE_MS = 10_000;
let dir: string;
let a: TestServer;
let b: TestServer;
let store: TestStore;
const clients: StoreClient[] = [];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-nodes-'));
  [a, b] = [await startServer({}, dir), await startServer({}, dir)];
});
beforeEach(async () => {
  store = await a.makeStore();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await dropDatabaseOf(dir);
  rmSync(dir, { recursive: true, force: true });
});

async function connect({ url, api }: TestServer, { token }: { token: string }) {
  const presence: Presence[] = [];
  const client = await connectStore(
    url,
    {
      token,
    },
    { onConnecting: (socket) => socket.on('presence', (update: Presence) => presence.push(update)) },
  );
  clients.push(client);
  client.confirmAll();
  const { epoch } = (await api('GET', '/sync', { token })).json;
  await client.hello({ epoch, cursor: 0, hash: null });
  return {
    ...client,
    names: () =>
      presence
        .at(-1)
        ?.displays.map(({ name }) => name)
        .sort()
        .join(),
  };
}
const live = async ({ api }: TestServer): Promise<string> =>
  (await api('GET', `/stores/${store.id}/devices`)).json.devices
    .filter((device: { live: boolean }) => device.live)
    .map(({ name }: { name: string }) => name)
    .sort()
    .join();

it('[section 15] without Redis, each node shows the displays of both, also on their screens', async () => {
  const [kitchen, counter] = [await connect(a, store.display), await connect(b, store.display2)];
  const all = 'Counter,Kitchen';
  await until('presence', () => kitchen.names() === all && counter.names() === all, PATIENCE_MS);
  expect([await live(a), await live(b)]).toEqual([all, all]);
  counter.close();
  await until('it is gone', () => kitchen.names() === 'Kitchen', PATIENCE_MS);
  await until(
    'it is gone from the lists',
    async () => `${await live(a)} ${await live(b)}` === 'Kitchen Kitchen',
    PATIENCE_MS,
  );
});

it('[section 15] without Redis, orders and revocations reach the other node too', async () => {
  const client = await connect(b, store.display);
  const { token, deviceId } = store.display;
  const placed = await a.api('POST', '/orders', { token: store.integration.token, body: orderDraft() });
  await until('the order', () => client.batches.at(-1)?.to === placed.json.seq, PATIENCE_MS);
  expect((await b.api('GET', '/orders', { token })).status).toBe(200);
  await a.api('DELETE', `/devices/${deviceId}`);
  await until('it is disconnected', () => client.socket.disconnected, PATIENCE_MS);
  await until('its token ends', async () => (await b.api('GET', '/orders', { token })).status === 401, PATIENCE_MS);
});

it('a node that ends is gone for the others', async () => {
  const ending = await startServer({}, dir);
  const client = await connect(a, store.display);
  await connect(ending, store.display2);
  await until('presence', () => client.names() === 'Counter,Kitchen', PATIENCE_MS);
  await ending.stop();
  await until('it is gone', () => client.names() === 'Kitchen', PATIENCE_MS);
});
