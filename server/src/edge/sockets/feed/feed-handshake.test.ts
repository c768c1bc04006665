import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FEED_PROTOCOL } from '#contract/feed.ts';
import { connectFeed, type FeedOptions, FeedRefused } from '#test/support/feed-client.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { readSettings } from '../../../settings.ts';
import { makeShop } from '../../../testing/shop.ts';
import { sqliteService } from '../../../testing/temp-service.ts';
import { createServer } from '../../create-server.ts';
import { MESSAGES_PER_WINDOW } from '../connection-limits.ts';

const METRICS_TOKEN = 'only-for-the-figures';
let server: TestServer;
let store: TestStore;
let manager: string;
beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN, CORS_ORIGINS: 'https://board.example' });
  store = await server.makeStore();
  manager = (await server.addDevice(store.id, 'manager')).token;
});
afterAll(() => server.close());

/** 101, or the status of the refusal. */
async function statusOf(options: FeedOptions, url = server.url): Promise<number> {
  try {
    (await connectFeed(url, options)).ws.terminate();
    return 101;
  } catch (error) {
    if (error instanceof FeedRefused) return error.status;
    throw error;
  }
}
const refusal = (options: FeedOptions): Promise<FeedRefused> =>
  connectFeed(server.url, options).then(
    () => Promise.reject(new Error('it is not refused')),
    (error) => error,
  );

describe('[section 10] the handshake of the feed', () => {
  it('admits displays, integrations and managers, and an admin who names the store', async () => {
    for (const token of [store.display.token, store.integration.token, manager]) {
      expect(await statusOf({ token })).toBe(101);
      expect(await statusOf({ token, query: { storeId: store.id } })).toBe(101);
    }
    expect(await statusOf({ token: ADMIN_TOKEN, query: { storeId: store.id } })).toBe(101);
  });

  it('refuses by the status that HTTP has for it', async () => {
    const { id: elsewhere } = await server.makeStore();
    const own = { token: store.display.token };
    expect(await statusOf({ token: null })).toBe(401);
    expect(await statusOf({ token: 'x'.repeat(43) })).toBe(401);
    expect(await statusOf({ token: METRICS_TOKEN })).toBe(403);
    expect(await statusOf({ token: ADMIN_TOKEN })).toBe(400);
    expect(await statusOf({ token: ADMIN_TOKEN, query: { storeId: 'nowhere' } })).toBe(404);
    for (const token of [store.display.token, store.integration.token, manager])
      expect(await statusOf({ token, query: { storeId: elsewhere } })).toBe(404);
    for (const since of ['abc', '-1', '1.5', '1e3', '9'.repeat(20)])
      expect(await statusOf({ ...own, query: { since, epoch: 'e' } }), since).toBe(400);
    expect((await refusal({ ...own, query: { since: 3 } })).error.details?.[0]?.path).toBe('epoch');
    expect((await refusal({ ...own, query: { since: '', epoch: 'e' } })).error.details?.[0]?.path).toBe('since');
    expect((await refusal({ ...own, query: { from: 3 } })).error.details?.[0]?.path).toBe('from');
  });

  it('does not read a token in the address', async () => {
    expect(await statusOf({ token: null, query: { token: store.display.token } })).toBe(401);
  });

  it('takes the token of a page as a subprotocol, and selects the other one', async () => {
    const open = async (token: string) => {
      const ws = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/feed`, [FEED_PROTOCOL, `token.${token}`]);
      const first = new Promise((resolve) => {
        ws.onmessage = ({ data }) => resolve(JSON.parse(data));
        ws.onclose = () => resolve(null);
      });
      const message = await first;
      const { protocol } = ws;
      ws.close();
      return { message, protocol };
    };
    expect(await open(store.display.token)).toMatchObject({ message: { type: 'hello' }, protocol: FEED_PROTOCOL });
    expect(await open('wrong')).toEqual({ message: null, protocol: '' });
    const client = await connectFeed(server.url, { token: store.display.token });
    expect(client.ws.protocol).toBe('');
    client.ws.terminate();
  });

  it('refuses pages of an origin that is neither its own nor in CORS_ORIGINS', async () => {
    const from = (origin: string) => statusOf({ token: store.display.token, headers: { origin } });
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from(server.url)).toBe(101);
    expect(await from('https://board.example')).toBe(101);
  });

  it('answers a request without an upgrade, or with a malformed one, with 400', async () => {
    const plain = await server.api('GET', '/feed', { token: store.display.token });
    expect([plain.status, plain.json.error.code]).toEqual([400, 'invalid_request']);
    const upgrade = async (path: string, method = 'GET') => {
      const headers = { authorization: `Bearer ${store.display.token}`, connection: 'Upgrade', upgrade: 'websocket' };
      const asked = httpRequest(server.url + path, { method, headers }).end();
      const [answer] = await once(asked, 'response');
      return (answer as IncomingMessage).resume().statusCode;
    };
    expect(await upgrade('/api/v1/feed')).toBe(400);
    await expect(upgrade('/api/v1/nothing')).rejects.toThrow('hang up');
    await expect(upgrade('/api/v1/feed', 'POST')).rejects.toThrow('hang up');
    expect((await server.api('GET', '/stores')).status).toBe(200);
  });
});

describe('[section 2] a client of the feed', () => {
  it('counts its handshakes and pings as requests of its token', async () => {
    const limited = await startServer({ RATE_LIMIT: '8' });
    onTestFinished(() => limited.close());
    const { display, integration } = await limited.makeStore();
    const client = await connectFeed(limited.url, { token: display.token });
    for (let i = 0; i < 8; i++) client.ws.send('{"type":"ping"}');
    expect(await client.ended).toEqual({ code: 1008, reason: 'rate_limited' });
    expect(client.of('pong')).toHaveLength(7);
    expect(await statusOf({ token: display.token }, limited.url)).toBe(429);
    expect(await statusOf({ token: integration.token }, limited.url)).toBe(101);
  });

  it.each(['message', 'ping', 'pong'] as const)(
    'that floods with each %s is closed, and may not come back at once',
    async (kind) => {
      const { token } = await server.addDevice(store.id, 'integration');
      const other = await connectFeed(server.url, { token: store.integration.token });
      const client = await connectFeed(server.url, { token });
      for (let i = 0; i <= MESSAGES_PER_WINDOW; i++) {
        if (kind === 'message') client.ws.send('nothing');
        else client.ws[kind]();
      }
      expect(await client.ended).toEqual({ code: 1008, reason: 'rate_limited' });
      const again = await refusal({ token });
      expect([again.status, again.error.code, again.retryAfter]).toEqual([429, 'rate_limited', '10']);
      expect(other.closed).toBe(null);
      other.ws.terminate();
    },
  );
});

it('[section 10] no token of a handshake is in the log', async () => {
  let text = '';
  const log = pino(
    { level: 'trace' },
    {
      write(line: string) {
        text += line;
      },
    },
  );
  const temp = await sqliteService();
  const settings = readSettings({ PORT: '0', ADMIN_TOKEN });
  const quiet = await createServer({ settings, service: temp.service, log });
  const stop = await quiet.listen();
  onTestFinished(async () => {
    await stop();
    await temp.dispose();
  });
  await makeShop(temp.service);
  const { token } = await temp.service.access.createDevice('main', { name: 'x', role: 'integration' });
  for (const secret of [token, 'wrong-token-of-somebody']) {
    const protocols = [FEED_PROTOCOL, `token.${secret}`];
    await statusOf({ token: null, protocols }, quiet.url());
    await statusOf({ token: null, protocols, query: { since: 'x', token: secret } }, quiet.url());
    await statusOf({ token: secret, query: { token: secret } }, quiet.url());
    expect(text).not.toContain(secret);
  }
  expect(text).toContain('"route":"/api/v1/feed"');
});
