import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterAll(() => server.close());

const devices = async () => (await server.api('GET', `/stores/${store.id}/devices`)).json.devices;
const makeCode = async () => (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json;
const pair = (code: unknown, deviceName: unknown = 'Tablet') =>
  server.api('POST', '/pair', { token: null, body: { code, deviceName } });

describe('[section 5] devices', () => {
  it('are listed without their tokens', async () => {
    const listed = await devices();
    expect(listed).toHaveLength(3);
    expect(listed[0]).toEqual({
      deviceId: expect.any(String),
      name: expect.any(String),
      role: expect.any(String),
      createdAt: expect.any(String),
      lastSeenAt: null,
      cursor: null,
      live: false,
    });
    expect(JSON.stringify(listed)).not.toContain(store.display.token);
  });

  it('are live while their socket is connected, with the cursor they have on disk', async () => {
    const client = await connectStore(server.url, { token: store.display.token });
    await client.hello();
    const mine = async () => (await devices()).find((d: { deviceId: string }) => d.deviceId === store.display.deviceId);
    expect((await mine()).live).toBe(true);
    client.close();
    await until('no longer live', async () => !(await mine()).live, 5_000, 10);
    await until('seen', async () => (await mine()).lastSeenAt, 10_000);
  });

  it('of an unknown store are 404', async () => {
    expect((await server.api('GET', '/stores/nobody/devices')).status).toBe(404);
    expect((await server.api('POST', '/stores/nobody/pairing-codes')).status).toBe(404);
    const body = { name: 'x', role: 'display' };
    expect((await server.api('POST', '/stores/nobody/devices', { body })).status).toBe(404);
  });

  it('have the role display or integration', async () => {
    const body = { name: 'x', role: 'admin' };
    expect((await server.api('POST', `/stores/${store.id}/devices`, { body })).status).toBe(400);
  });
});

describe('[section 3] pairing', () => {
  it('trades a code once for a display’s token', async () => {
    const { code, expiresAt } = await makeCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
    const { status, json } = await pair(code.toLowerCase());
    expect([status, json.storeId]).toEqual([201, store.id]);
    expect((await server.api('GET', '/snapshot', { token: json.token })).status).toBe(200);
    expect((await pair(code)).status).toBe(404);
    expect((await devices()).map((d: { name: string }) => d.name)).toContain('Tablet');
  });

  it('refuses a malformed code', async () => {
    for (const code of [null, 1, [], {}, 'x'.repeat(33)]) expect((await pair(code)).status).toBe(400);
    expect((await pair('')).status).toBe(404);
    expect((await pair('ABCDEF', '')).status).toBe(400);
  });
});
