import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore, type HandshakeRefused } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { postgresUrl } from '../../testing/postgres-databases.ts';

const METRICS_TOKEN = 'only-for-the-figures';
let server: TestServer;
let store: TestStore;
let other: TestStore;
beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN, CORS_ORIGINS: 'https://office.example' });
  store = await server.makeStore();
  other = await server.makeStore();
});
afterAll(() => server.close());

const signIn = (token: unknown, headers?: Record<string, string>, on = server) =>
  on.api('POST', '/session', { token: null, body: { token }, headers });
/** The cookie as a browser sends it back. */
async function cookieOf(token: string, on = server): Promise<string> {
  const { status, headers } = await signIn(token, undefined, on);
  expect(status).toBe(204);
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}
const ask = (cookie: string, method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  server.api(method, path, { token: null, body, headers: { cookie, ...headers } });
const connect = (cookie: string, headers: Record<string, string> = {}, auth: object = {}) =>
  connectStore(server.url, auth, { namespace: '/admin', extraHeaders: { cookie, ...headers } });
const refusal = (attempt: Promise<{ close(): void }>) =>
  attempt.then(
    (client) => {
      client.close();
      return 'connected';
    },
    (error: HandshakeRefused) => error.code,
  );

describe('[section 9] a page signs in', () => {
  it('with a token, for a cookie that no script and no other site can use, of 12 hours', async () => {
    const { status, text, headers } = await signIn(ADMIN_TOKEN);
    expect([status, text]).toEqual([204, '']);
    const [name, ...attributes] = (headers.get('set-cookie') ?? '').split('; ');
    expect(name).toMatch(/^ticketrail_session=tr_s_[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict']);
  });

  it('as an admin or manager; other roles are forbidden, a wrong token is unauthorized', async () => {
    const { token: manager } = await server.addDevice(store.id, 'manager');
    expect((await signIn(manager)).status).toBe(204);
    for (const token of [store.display.token, store.integration.token, METRICS_TOKEN])
      expect((await signIn(token)).status).toBe(403);
    for (const token of ['', 'x'.repeat(43), `${ADMIN_TOKEN}x`]) expect((await signIn(token)).status).toBe(401);
    for (const token of [undefined, null, 7, ['x']]) expect((await signIn(token)).status).toBe(400);
  });

  it('only when the page is ours', async () => {
    expect((await signIn(ADMIN_TOKEN, { origin: server.url })).status).toBe(204);
    for (const origin of ['https://evil.example', 'https://office.example', 'null']) {
      const { status, headers } = await signIn(ADMIN_TOKEN, { origin });
      expect([status, headers.get('set-cookie')]).toEqual([403, null]);
    }
  });
});

describe('[section 9] the cookie', () => {
  it('is as good as the token, and reaches the same stores', async () => {
    const admin = await cookieOf(ADMIN_TOKEN);
    const manager = await cookieOf((await server.addDevice(store.id, 'manager')).token);
    expect((await ask(admin, 'GET', '/stores')).json.stores.length).toBeGreaterThan(1);
    expect((await ask(manager, 'GET', '/stores')).json.stores).toMatchObject([{ id: store.id }]);
    expect((await ask(manager, 'GET', `/stores/${other.id}/devices`)).status).toBe(404);
    expect((await ask(manager, 'POST', '/stores', {}, {})).status).toBe(403);
    const patched = await ask(admin, 'PATCH', `/stores/${store.id}`, { origin: server.url }, { name: 'Renamed' });
    expect(patched.json.name).toBe('Renamed');
  });

  it('does nothing for a page of another origin, also not for one of CORS_ORIGINS', async () => {
    const cookie = await cookieOf(ADMIN_TOKEN);
    for (const origin of [
      'https://evil.example',
      'https://office.example',
      'null',
      server.url.replace('http', 'https'),
    ])
      for (const [method, path] of [
        ['GET', '/stores'],
        ['PATCH', `/stores/${store.id}`],
        ['DELETE', '/session'],
      ] as const)
        expect(
          (await ask(cookie, method, path, { origin }, method === 'PATCH' ? { name: 'x' } : undefined)).status,
        ).toBe(403);
    expect((await ask(cookie, 'GET', '/stores')).status).toBe(200);
  });

  it('is not looked at beside a token', async () => {
    const cookie = await cookieOf(ADMIN_TOKEN);
    const headers = { cookie, origin: 'https://evil.example' };
    expect((await server.api('GET', '/orders', { token: store.display.token, headers })).status).toBe(200);
    expect((await server.api('GET', '/orders', { token: 'x'.repeat(43), headers: { cookie } })).status).toBe(401);
  });

  it('works as a cookie only', async () => {
    const session = (await cookieOf(ADMIN_TOKEN)).split('=')[1] ?? '';
    expect((await server.api('GET', '/stores', { token: session })).status).toBe(401);
    expect(await refusal(connect('', {}, { token: session }))).toBe('unauthorized');
  });

  it('opens /admin, for our own pages, and /store never', async () => {
    const cookie = await cookieOf(ADMIN_TOKEN);
    expect(await refusal(connect(cookie))).toBe('connected');
    expect(await refusal(connect(cookie, { origin: server.url }))).toBe('connected');
    for (const origin of ['https://evil.example', 'https://office.example'])
      expect(await refusal(connect(cookie, { origin }))).toBe('unauthorized');
    expect(await refusal(connect(`${cookie}x`))).toBe('unauthorized');
    const asDisplay = connectStore(server.url, {}, { extraHeaders: { cookie } });
    expect(await refusal(asDisplay)).toBe('unauthorized');
  });

  it.each(['', 'ticketrail_session', 'ticketrail_session=', 'ticketrail_session=%', 'ticketrail_session="x";;=', ';'])(
    'malformed as %j is none',
    async (cookie) => {
      expect((await ask(cookie, 'GET', '/stores')).status).toBe(401);
      expect(await refusal(connect(cookie))).toBe('unauthorized');
    },
  );
});

describe('[section 9] a session ends', () => {
  it('when the page signs out: the cookie goes, and its sockets', async () => {
    const [cookie, kept] = [await cookieOf(ADMIN_TOKEN), await cookieOf(ADMIN_TOKEN)];
    const [mine, others] = [await connect(cookie), await connect(kept)];
    const { status, headers } = await ask(cookie, 'DELETE', '/session', { origin: server.url });
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^ticketrail_session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await ask(cookie, 'GET', '/stores')).status).toBe(401);
    await until('its socket has ended', () => !mine.socket.connected, 5_000);
    expect(others.socket.connected).toBe(true);
    expect((await ask(kept, 'GET', '/stores')).status).toBe(200);
    others.close();
  });

  it('when its token is revoked', async () => {
    const { deviceId, token } = await server.addDevice(store.id, 'manager');
    const cookie = await cookieOf(token);
    const client = await connect(cookie);
    await server.api('DELETE', `/devices/${deviceId}`);
    expect((await ask(cookie, 'GET', '/stores')).status).toBe(401);
    await until('its socket has ended', () => !client.socket.connected, 5_000);
  });

  it('not when the server starts again, unless with another ADMIN_TOKEN', async () => {
    const first = await startServer();
    onTestFinished(() => first.close());
    const cookie = await cookieOf(ADMIN_TOKEN, first);
    await first.stop();
    const statusAt = async (environment?: Record<string, string>) => {
      const again = await startServer(environment, first.dir);
      const { status } = await again.api('GET', '/stores', { token: null, headers: { cookie } });
      await again.stop();
      return status;
    };
    expect(await statusAt()).toBe(200);
    expect(await statusAt({ ADMIN_TOKEN: 'another-admin-token-0123456789ab' })).toBe(401);
    expect(await statusAt()).toBe(200);
  });

  it('DELETE is for admins and managers, by token too', async () => {
    const status = async (token: string | null) => (await server.api('DELETE', '/session', { token })).status;
    expect(await status(ADMIN_TOKEN)).toBe(204);
    expect(await status(store.display.token)).toBe(403);
    expect(await status('x'.repeat(43))).toBe(401);
    expect(await status(null)).toBe(401);
  });
});

it.skipIf(postgresUrl())(
  'no file of the server contains a session, nor a hash from which ADMIN_TOKEN could be guessed',
  async () => {
    const session = (await cookieOf(ADMIN_TOKEN)).split('=')[1] ?? 'none';
    const files = readdirSync(server.dir).map((name) => readFileSync(join(server.dir, name), 'latin1'));
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(files.join('')).toContain(hashOf(session));
    expect(files.join('')).not.toContain(session);
    expect(files.join('')).not.toContain(hashOf(ADMIN_TOKEN));
  },
);
