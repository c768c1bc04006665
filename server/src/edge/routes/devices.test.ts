import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectFeed } from '#test/support/feed-client.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { tokenHash } from '../../access/tokens.ts';
import { withChecksum } from '../../database/checked-rows.ts';
import type { Tables } from '../../database/tables.ts';
import { postgresUrl } from '../../testing/postgres-databases.ts';

type FormerToken = Tables['former_tokens'];

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

describe('[section 5] POST /devices/:id/rotate', () => {
  it.skipIf(postgresUrl())(
    'gives a device another token; sockets of the old one end once that has expired, and only they',
    async () => {
      const { deviceId, token: before } = store.display;
      const { status, json } = await server.api('POST', `/devices/${deviceId}/rotate`);
      expect([status, Object.keys(json)]).toEqual([201, ['token']]);
      const sockets = await Promise.all([before, json.token].map((token) => connectStore(server.url, { token })));
      const [old, current] = sockets.map(({ socket }) => socket);
      const feed = await connectFeed(server.url, { token: before });
      for (const token of [before, json.token])
        expect((await server.api('GET', '/orders', { token })).status).toBe(200);
      tenMinutesLater(before);
      await until('its sockets have ended', () => !old?.connected && feed.closed !== null, 5_000);
      expect(feed.closed).toEqual({ code: 1008, reason: 'revoked' });
      expect(current?.connected).toBe(true);
      expect((await server.api('GET', '/orders', { token: json.token })).status).toBe(200);
      await until(
        'it is refused',
        async () => (await server.api('GET', '/orders', { token: before })).status === 401,
        5_000,
      );
      for (const { close } of sockets) close();
    },
  );

  it('is for admins and for managers in their own store', async () => {
    const { token: manager } = await server.addDevice(store.id, 'manager');
    const rotate = async (deviceId: string, token?: string) =>
      (await server.api('POST', `/devices/${deviceId}/rotate`, token === undefined ? {} : { token })).status;
    const other = await server.makeStore();
    const colleague = await server.addDevice(store.id, 'manager');
    expect(await rotate(store.display2.deviceId, manager)).toBe(201);
    expect(await rotate(other.display.deviceId, manager)).toBe(404);
    expect(await rotate(colleague.deviceId, manager)).toBe(403);
    expect(await rotate(colleague.deviceId)).toBe(201);
    expect(await rotate('nobody')).toBe(404);
    for (const token of [store.display.token, store.integration.token])
      expect(await rotate(store.display.deviceId, token)).toBe(403);
  });

  /** Moves the end of a token's ten minutes to now. */
  function tenMinutesLater(token: string): void {
    const raw = new Sqlite(join(server.dir, 'server.db'));
    const row = raw.prepare('select * from former_tokens where token_hash = ?').get(tokenHash(token)) as FormerToken;
    const ended = withChecksum('former_tokens', { ...row, expires_at: new Date().toISOString() });
    raw
      .prepare('update former_tokens set expires_at = @expires_at, checksum = @checksum where token_hash = @token_hash')
      .run(ended);
    raw.close();
  }
});

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
