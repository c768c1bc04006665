import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { createApi } from './api.ts';
import { connect } from './connect.ts';
import { followStores, type StoresFollower } from './follow-stores.ts';
import { createLiveStore, type LiveStore } from './live-store.ts';

/** Against the real server, over real sockets. */
let server: TestServer;
let shop: TestStore;
let follower: StoresFollower | undefined;
const PATIENCE = { timeout: 15_000, interval: 20 };

beforeEach(async () => {
  server = await startServer();
  shop = await server.makeStore();
});
afterEach(async () => {
  follower?.stop();
  await server.close();
});

function follow(token: string): LiveStore & { refused: number } {
  const live = Object.assign(createLiveStore(), { refused: 0 });
  const onRefused = () => void live.refused++;
  follower = followStores({
    live,
    api: createApi({ base: server.url, token: () => token, onRefused }),
    connect: (listeners) => connect(server.url, token, listeners),
  });
  return live;
}
const place = async (change = {}) =>
  (await server.api('POST', '/orders', { token: shop.integration.token, body: { ...orderDraft(), ...change } })).json;
const statuses = (live: LiveStore) => [...live.getState().orders.values()].map(({ id, status }) => [id, status]);
const expectLink = (live: LiveStore, link: string) => expect.poll(() => live.getState().link, PATIENCE).toBe(link);

describe('a page for managers', () => {
  test('has what was there, and each change without asking', async () => {
    const first = await place();
    const live = follow(ADMIN_TOKEN);
    await expectLink(live, 'live');
    expect(live.getState().stores?.map(({ id }) => id)).toEqual([shop.id]);
    expect(statuses(live)).toEqual([[first.id, 'pending']]);
    const second = await place();
    await expect.poll(() => live.getState().orders.size, PATIENCE).toBe(2);
    await server.api('POST', `/orders/${second.id}/status`, { body: { status: 'preparing' } });
    await expect.poll(() => live.getState().orders.get(second.id)?.status, PATIENCE).toBe('preparing');
    await server.api('DELETE', `/orders/${first.id}`);
    await expect.poll(() => statuses(live), PATIENCE).toEqual([[second.id, 'preparing']]);
    await expect.poll(() => live.getState().stats[shop.id]?.orders, PATIENCE).toBe(1);
  });

  test("has today's orders of every status for the store that it looks at", async () => {
    const done = await place();
    await server.api('POST', `/orders/${done.id}/status`, { body: { status: 'cancelled', reason: 'x' } });
    const live = follow(ADMIN_TOKEN);
    await expectLink(live, 'live');
    expect(statuses(live)).toEqual([]);
    follower?.watch(shop.id);
    await expect.poll(() => statuses(live), PATIENCE).toEqual([[done.id, 'cancelled']]);
  });

  test('says that it is offline when the server is gone, and is right again when that is back', async () => {
    const order = await place();
    const live = follow(ADMIN_TOKEN);
    await expectLink(live, 'live');
    const { dir, url } = server;
    await server.stop();
    await expectLink(live, 'offline');
    expect(live.getState().orders.size).toBe(1);
    server = await startServer({ PORT: new URL(url).port }, dir);
    await server.api('POST', `/orders/${order.id}/status`, { body: { status: 'preparing' } });
    await expectLink(live, 'live');
    expect(statuses(live)).toEqual([[order.id, 'preparing']]);
  });

  test('has what happened while its socket was cut', async () => {
    const live = follow(ADMIN_TOKEN);
    await expectLink(live, 'live');
    follower?.cut();
    await expect.poll(() => live.getState().link, PATIENCE).not.toBe('live');
    const order = await place();
    await expectLink(live, 'live');
    expect(statuses(live)).toEqual([[order.id, 'pending']]);
  });

  test('shows a store that is made later', async () => {
    const live = follow(ADMIN_TOKEN);
    await expectLink(live, 'live');
    const later = await server.makeStore();
    await server.api('POST', '/orders', { body: { ...orderDraft(), storeId: later.id } });
    await expect.poll(() => live.getState().stores?.length, PATIENCE).toBe(2);
    await expect.poll(() => live.getState().orders.size, PATIENCE).toBe(1);
  });

  test("of a manager has the manager's store only", async () => {
    const other = await server.makeStore();
    await server.api('POST', '/orders', { body: { ...orderDraft(), storeId: other.id } });
    const order = await place();
    const live = follow((await server.addDevice(shop.id, 'manager')).token);
    await expectLink(live, 'live');
    expect(live.getState().stores?.map(({ id }) => id)).toEqual([shop.id]);
    expect(statuses(live)).toEqual([[order.id, 'pending']]);
  });

  test('is refused when its token is revoked', async () => {
    const manager = await server.addDevice(shop.id, 'manager');
    const live = follow(manager.token);
    await expectLink(live, 'live');
    await server.api('DELETE', `/devices/${manager.deviceId}`);
    await expect.poll(() => live.refused, PATIENCE).toBeGreaterThan(0);
  });

  test('does not wait for a socket that gets no answer', async () => {
    const order = await place();
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const live = createLiveStore();
    let downs = 0;
    follower = followStores({
      live,
      api: createApi({ base: server.url, token: () => ADMIN_TOKEN }),
      connect: (listeners) =>
        connect(url, ADMIN_TOKEN, {
          ...listeners,
          onDown() {
            downs++;
            listeners.onDown();
          },
        }),
    });
    await expectLink(live, 'polling');
    expect([statuses(live), downs]).toEqual([[[order.id, 'pending']], 0]);
    silent.close();
  });

  test('goes on by polling where only its socket is refused, and nobody is signed out', async () => {
    const live = Object.assign(createLiveStore(), { refused: 0 });
    follower = followStores({
      live,
      api: createApi({ base: server.url, token: () => ADMIN_TOKEN, onRefused: () => void live.refused++ }),
      connect: (listeners) => connect(server.url, 'not known', listeners),
    });
    await expectLink(live, 'polling');
    const order = await place();
    await expect.poll(() => statuses(live), PATIENCE).toEqual([[order.id, 'pending']]);
    expect([live.refused, live.getState().link]).toEqual([0, 'polling']);
  });
});
