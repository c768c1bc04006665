import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectFeed, type FeedClient, type FeedOptions } from '#test/support/feed-client.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { ADMIN } from '../../../testing/shop.ts';

let server: TestServer;
let store: TestStore;
let orderId: string;
const clients: FeedClient[] = [];
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  store = await server.makeStore();
  // Each of its changes is about 125 kB: a hundred do not fit into the buffers of the system.
  const items = Array.from({ length: 64 }, (_, i) => ({ name: `Dish ${i}`, quantity: 1, note: 'x'.repeat(1_850) }));
  const body = orderDraft({ items });
  orderId = (await server.api('POST', '/orders', { token: store.integration.token, body })).json.id;
});
afterEach(() => {
  for (const { ws } of clients.splice(0)) ws.terminate();
});
afterAll(() => server.close());

async function connect(options: Partial<FeedOptions> = {}): Promise<FeedClient> {
  const client = await connectFeed(server.url, { token: store.integration.token, ...options });
  clients.push(client);
  await until('hello', () => client.messages.length > 0, 5_000, 5);
  return client;
}
async function change(times: number): Promise<void> {
  for (let i = 0; i < times; i += 10) {
    const notes = Array.from({ length: 10 }, (_, k) => `change ${i + k}`);
    await Promise.all(notes.map((note) => server.service.orders.patch(ADMIN, orderId, { note }, {})));
  }
}
const seqs = (client: FeedClient) => client.changes().map(({ seq }) => seq);
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const hasAll = (client: FeedClient, head: number) =>
  until(`everything up to ${head}`, () => client.changes().at(-1)?.seq === head, 20_000);

it('[section 10] a client that stops reading is closed with 1013 at 1 MiB unsent, others go on, and it can come back', async () => {
  const [slow, other] = [await connect(), await connect()];
  slow.ws.pause();
  await change(120);
  await hasAll(other, 121);
  expect(seqs(other)).toEqual(from(2, 121));
  slow.ws.resume();
  expect(await slow.ended).toEqual({ code: 1013, reason: 'behind' });
  const last = slow.changes().at(-1)?.seq ?? 1;
  expect(last).toBeLessThan(121);
  expect(seqs(slow)).toEqual(from(2, last));

  const { epoch } = await server.service.log.head(store.id);
  const back = await connect({ query: { since: last, epoch } });
  await hasAll(back, 121);
  expect(seqs(back)).toEqual(from(last + 1, 121));
}, 60_000);

it('[section 10] a client that reads slowly while it catches up is not closed, also when the store is busy', async () => {
  await change(50);
  const { epoch } = await server.service.log.head(store.id);
  const slow = await connect({
    query: { since: 0, epoch },
    onMessage(_message, { ws }) {
      ws.pause();
      void sleep(15).then(() => ws.resume());
    },
  });
  await change(30);
  await hasAll(slow, 81);
  expect(seqs(slow)).toEqual(from(1, 81));
  expect(slow.closed).toBe(null);
}, 60_000);
