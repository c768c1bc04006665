import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

const METRICS_TOKEN = 'only-for-the-figures';
let server: TestServer;
let store: TestStore;
let other: TestStore;
let orderId: string;
let manager: string;
beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN });
  store = await server.makeStore();
  other = await server.makeStore();
  manager = (await server.addDevice(store.id, 'manager')).token;
  orderId = (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json.id;
});
afterAll(() => server.close());

describe('[section 3] who may do what', () => {
  it('a manager manages its own store only, and makes no managers', async () => {
    const ask = async (method: string, path: string, body?: unknown) =>
      (await server.api(method, path, { token: manager, body })).status;
    const draft = (role: string) => ({ name: 'x', role });
    expect(await ask('POST', `/stores/${store.id}/devices`, draft('manager'))).toBe(403);
    expect(await ask('POST', `/stores/${store.id}/devices`, draft('integration'))).toBe(201);
    expect(await ask('POST', `/stores/${other.id}/devices`, draft('display'))).toBe(404);
    for (const path of ['', '/devices', '/escalations'])
      expect(await ask('GET', `/stores/${other.id}${path}`)).toBe(404);
    expect(await ask('PATCH', `/stores/${other.id}`, { name: 'Mine' })).toBe(404);
    expect(await ask('POST', `/stores/${other.id}/pairing-codes`)).toBe(404);
    expect(await ask('DELETE', `/devices/${other.display.deviceId}`)).toBe(404);
    expect((await server.api('GET', '/orders', { token: other.display.token })).status).toBe(200);
    const mine = await server.addDevice(store.id, 'display');
    expect(await ask('DELETE', `/devices/${mine.deviceId}`)).toBe(204);
    for (const path of ['/sync', '/snapshot', '/stats', '/orders'])
      expect(await ask('GET', `${path}?storeId=${other.id}`), path).toBe(404);
    expect(await ask('POST', '/orders', { ...orderDraft(), storeId: other.id })).toBe(404);
    const placed = await server.api('POST', '/orders', { token: manager, body: orderDraft() });
    expect([placed.status, placed.json.storeId]).toEqual([201, store.id]);
    const { changes } = (await server.api('GET', `/orders/${placed.json.id}/history`)).json;
    expect(changes[0].by).toMatchObject({ role: 'manager', name: 'manager' });
    expect((await server.api('GET', '/stores', { token: manager })).json.stores).toHaveLength(1);
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
