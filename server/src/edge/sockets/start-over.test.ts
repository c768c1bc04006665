import { expect, it, onTestFinished } from 'vitest';
import type { Snapshot } from '#contract/sync.ts';
import { startServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { ADMIN, draft } from '../../testing/shop.ts';

const DISPLAYS = 20;
const ORDERS = 2_000;

it('[S4] displays that start over at once share one snapshot; none is dropped, and other stores go on', async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const { access, orders } = server.service;
  const [large, other] = [await server.makeStore(), await server.makeStore()];
  await Promise.all(Array.from({ length: ORDERS }, () => orders.create(ADMIN, large.id, draft())));

  const watcher = await connectStore(server.url, { token: other.display.token });
  onTestFinished(watcher.close);
  const { epoch } = (await server.api('GET', '/sync', { token: other.display.token })).json;
  await watcher.hello({ epoch, cursor: 0, hash: null });
  watcher.confirmAll();

  const displays = await Promise.all(
    Array.from({ length: DISPLAYS }, async () => {
      const { token } = await access.createDevice(large.id, { name: 'Kitchen', role: 'display' });
      const client = await connectStore(server.url, { token });
      onTestFinished(client.close);
      expect(await client.hello()).toMatchObject({ mode: 'snapshot' });
      return { token, client };
    }),
  );
  let running = true;
  const started = Promise.all(
    displays.map(async ({ token, client }) => {
      const snapshot: Snapshot = (await server.api('GET', '/snapshot', { token })).json;
      const { epoch, seq: cursor, hash } = snapshot;
      return { snapshot, answer: await client.hello({ epoch, cursor, hash }) };
    }),
  ).finally(() => {
    running = false;
  });
  let placed = 0;
  for (; running; placed++) await orders.create(ADMIN, other.id, draft());

  const all = await started;
  for (const { snapshot, answer } of all) {
    expect(answer).toMatchObject({ mode: 'delta', head: ORDERS });
    expect(snapshot.orders).toHaveLength(ORDERS);
  }
  // When it was made.
  expect(new Set(all.map(({ snapshot }) => snapshot.serverTime)).size).toBe(1);
  expect(placed).toBeGreaterThan(0);
  await until('the other store has its orders', () => watcher.batches.at(-1)?.to === placed, 10_000);
  for (const { client } of [...displays, { client: watcher }]) expect(client.socket.connected).toBe(true);
}, 60_000);
