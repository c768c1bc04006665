import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

const METRICS_TOKEN = 'only-for-the-figures';
let server: TestServer;
let store: TestStore;
let other: TestStore;
let orderId: string;
beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN });
  store = await server.makeStore();
  other = await server.makeStore();
  orderId = (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json.id;
});
afterAll(() => server.close());

/** The rights of each role, from sections 3 and 5 of the contract; `yes` is any success. */
const EVERYTHING = { admin: 'yes', integration: 'yes', display: 'yes' } as const;
const WRITING = { admin: 'yes', integration: 'yes', display: 403 } as const;
const SYNCING = { admin: 'yes', integration: 403, display: 'yes' } as const;
const TAKING = { admin: 'yes', integration: 403, display: 'yes' } as const;
const ADMIN_ONLY = { admin: 'yes', integration: 403, display: 403 } as const;
const newStore = { name: 'New', currency: 'GEL', timeZone: 'UTC' };
const CALLS: [string, string, unknown, Record<'admin' | 'integration' | 'display', 'yes' | number>][] = [
  ['POST', '/stores', newStore, ADMIN_ONLY],
  ['GET', '/stores', undefined, EVERYTHING],
  ['GET', '/stores/:store', undefined, EVERYTHING],
  ['PATCH', '/stores/:store', { name: 'Renamed' }, ADMIN_ONLY],
  ['GET', '/stores/:store/availability', undefined, EVERYTHING],
  ['PATCH', '/stores/:store/availability', { open: true }, TAKING],
  ['POST', '/stores/:store/devices', { name: 'One more', role: 'display' }, ADMIN_ONLY],
  ['GET', '/stores/:store/devices', undefined, ADMIN_ONLY],
  ['POST', '/stores/:store/pairing-codes', undefined, ADMIN_ONLY],
  ['GET', '/stores/:store/escalations', undefined, ADMIN_ONLY],
  ['GET', '/orders', undefined, EVERYTHING],
  ['GET', '/orders/:order', undefined, EVERYTHING],
  ['GET', '/orders/:order/history', undefined, EVERYTHING],
  ['PATCH', '/orders/:order', { note: 'ring the bell' }, WRITING],
  ['POST', '/orders/:order/payment', { status: 'paid' }, WRITING],
  ['POST', '/orders/:order/status', { status: 'preparing' }, WRITING],
  ['GET', '/sync?storeId=:store', undefined, SYNCING],
  ['GET', '/snapshot?storeId=:store', undefined, SYNCING],
  ['GET', '/stats?storeId=:store', undefined, EVERYTHING],
  ['GET', '/metrics', undefined, ADMIN_ONLY],
];

describe('[section 3] who may do what', () => {
  const place = (path: string) => path.replace(':store', store.id).replace(':order', orderId);
  for (const [method, path, body, allowed] of CALLS)
    it(`${method} ${path}`, async () => {
      const ask = (token: string | null) => server.api(method, place(path), { token, body });
      expect((await ask(null)).json.error.code).toBe('unauthorized');
      expect((await ask('x'.repeat(64))).status).toBe(401);
      if (path !== '/metrics') expect((await ask(METRICS_TOKEN)).status).toBe(403);
      const tokens = { display: store.display.token, integration: store.integration.token };
      for (const [role, token] of Object.entries(tokens)) {
        const { status } = await ask(token);
        const expected = allowed[role as keyof typeof tokens];
        expect(expected === 'yes' ? status < 300 : status === expected, `${role} got ${status}`).toBe(true);
      }
      expect((await server.api(method, place(path), { body })).status).toBeLessThan(300);
    });

  it('only displays send commands and ask about them', async () => {
    for (const [path, body] of [
      ['/commands', { commands: [{}] }],
      ['/commands/known', { ids: ['x'] }],
    ] as const)
      for (const more of [{}, { token: store.integration.token }])
        expect((await server.api('POST', path, { body, ...more })).status, path).toBe(403);
  });

  it('another store’s order is 404, and 403 for a role without the right', async () => {
    const status = async (method: string, path: string, token: string, body?: unknown) =>
      (await server.api(method, path.replace(':order', orderId), { token, body })).status;
    const { integration, display } = other;
    for (const path of ['/orders/:order', '/orders/:order/history']) {
      expect(await status('GET', path, integration.token)).toBe(404);
      expect(await status('GET', path, display.token)).toBe(404);
    }
    expect(await status('PATCH', '/orders/:order', integration.token, { note: 'x' })).toBe(404);
    expect(await status('PATCH', '/orders/:order', display.token, { note: 'x' })).toBe(403);
    expect(await status('DELETE', '/orders/:order', integration.token)).toBe(404);
    expect(await status('POST', '/orders/:order/status', integration.token, { status: 'preparing' })).toBe(404);
    expect(await status('POST', '/orders/:order/payment', integration.token, { status: 'paid' })).toBe(404);
  });

  it('another store is 404 and in no list', async () => {
    const ask = (path: string) => server.api('GET', path, { token: other.display.token });
    expect((await ask(`/stores/${store.id}`)).status).toBe(404);
    expect((await ask(`/stores/${store.id}/availability`)).status).toBe(404);
    const closing = { token: other.display.token, body: { open: false } };
    expect((await server.api('PATCH', `/stores/${store.id}/availability`, closing)).status).toBe(404);
    expect((await server.api('GET', `/stores/${store.id}/availability`)).json.open).toBe(true);
    expect((await ask(`/orders?storeId=${store.id}`)).status).toBe(404);
    expect((await ask(`/sync?storeId=${store.id}`)).status).toBe(404);
    expect((await ask('/stores')).json.stores.map((s: { id: string }) => s.id)).toEqual([other.id]);
    expect((await ask('/orders')).json.orders).toEqual([]);
  });

  it('an admin must name the store where one is needed', async () => {
    for (const [method, path, body] of [
      ['POST', '/orders', orderDraft()],
      ['GET', '/sync', undefined],
      ['GET', '/snapshot', undefined],
      ['GET', '/stats', undefined],
    ] as const) {
      const { status, json } = await server.api(method, path, { body });
      expect([status, json.error.details[0].path], path).toEqual([400, 'storeId']);
    }
    const placed = await server.api('POST', '/orders', { body: { ...orderDraft(), storeId: store.id } });
    expect([placed.status, placed.json.storeId]).toEqual([201, store.id]);
    expect((await server.api('GET', '/orders?storeId=nobody')).json?.orders ?? []).toEqual([]);
  });

  it('an integration cannot place an order in another store', async () => {
    const body = { ...orderDraft(), storeId: other.id };
    expect((await server.api('POST', '/orders', { token: store.integration.token, body })).status).toBe(404);
  });

  it('METRICS_TOKEN reads /metrics and nothing else', async () => {
    expect((await server.api('GET', '/metrics', { token: METRICS_TOKEN })).text).toContain(
      'ticketrail_http_request_seconds',
    );
    expect((await server.api('GET', '/metrics', { token: `${METRICS_TOKEN}x` })).status).toBe(401);
  });

  it('accepts the scheme Bearer only', async () => {
    for (const authorization of [
      '',
      'Bearer',
      'Bearer  ',
      `Basic ${store.display.token}`,
      `Bearer ${'x'.repeat(9000)}`,
    ]) {
      const { status, headers } = await server.api('GET', '/orders', { token: null, headers: { authorization } });
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });

  it('a revoked token is unauthorized', async () => {
    const made = await server.api('POST', `/stores/${store.id}/devices`, { body: { name: 'Stolen', role: 'display' } });
    const { deviceId, token } = made.json;
    expect((await server.api('GET', '/orders', { token })).status).toBe(200);
    expect((await server.api('DELETE', `/devices/${deviceId}`)).status).toBe(204);
    expect((await server.api('GET', '/orders', { token })).status).toBe(401);
    expect((await server.api('DELETE', '/devices/nobody')).status).toBe(404);
  });
});
