import { afterEach, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';

let server: TestServer;
afterEach(() => server.close());

describe('[section 2] RATE_LIMIT', () => {
  it('counts HTTP, handshakes and messages of a token together, with Retry-After', async () => {
    server = await startServer({ RATE_LIMIT: '20' });
    const store = await server.makeStore();
    const { token } = store.display;
    const client = await connectStore(server.url, { token });
    await client.hello();
    const statuses: number[] = [];
    for (let i = 0; i < 19; i++) statuses.push((await server.api('GET', '/orders', { token })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(18);
    const last = await server.api('GET', '/orders', { token });
    expect([last.status, last.json.error.code]).toEqual([429, 'rate_limited']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await client.ask('commands', { commands: [{}] })).toMatchObject({ error: { code: 'rate_limited' } });
    await expect(connectStore(server.url, { token })).rejects.toMatchObject({ code: 'rate_limited' });
    const order = await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() });
    expect(order.status).toBe(201);
    client.close();
  });

  it('counts each command of a batch, over HTTP and sockets; a batch larger than the rest is taken', async () => {
    server = await startServer({ RATE_LIMIT: '60' });
    const { display, display2 } = await server.makeStore();
    const commands = Array.from({ length: 50 }, () => ({ commandId: crypto.randomUUID() }));
    const post = () => server.api('POST', '/commands', { token: display.token, body: { commands } });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([200, 200, 429]);
    const client = await connectStore(server.url, { token: display2.token });
    for (let i = 0; i < 2; i++) expect(await client.ask('commands', { commands })).toHaveProperty('results');
    expect(await client.ask('commands', { commands })).toMatchObject({ error: { code: 'rate_limited' } });
    client.close();
  });

  it('never limits got', async () => {
    server = await startServer({ RATE_LIMIT: '20' });
    const { display } = await server.makeStore();
    const client = await connectStore(server.url, { token: display.token });
    await client.hello();
    for (let i = 0; i < 50; i++) client.socket.emit('got', { cursor: 0 });
    expect(await client.ask('got', { cursor: 0 }).catch(() => 'no answer')).toBe('no answer');
    expect(await client.hello()).toHaveProperty('mode');
    client.close();
  });

  it('limits open routes to 60 a minute per address; never /health and /ready', async () => {
    server = await startServer({ RATE_LIMIT: '6000' });
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await server.api('GET', '/openapi.json', { token: null })).status);
    expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
    expect(statuses[60]).toBe(429);
    const body = { code: 'ABCDEF', deviceName: 'x' };
    expect((await server.api('POST', '/pair', { token: null, body })).status).toBe(429);
    for (let i = 0; i < 70; i++) {
      expect((await server.api('GET', '//health', { token: null })).status).toBe(200);
      expect((await server.api('GET', '//ready', { token: null })).status).toBe(200);
    }
  });

  it('limits unknown addresses separately: they do not keep a display from pairing', async () => {
    server = await startServer({ RATE_LIMIT: '6000' });
    const store = await server.makeStore();
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await server.api('GET', `/nothing/${i}`, { token: null })).status);
    expect([statuses[59], statuses[60]]).toEqual([404, 429]);
    const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json;
    const body = { code, deviceName: 'Tablet' };
    expect((await server.api('POST', '/pair', { token: null, body })).status).toBe(201);
  });

  it('does not count a reader of the metrics with its address', async () => {
    server = await startServer({ RATE_LIMIT: '20', METRICS_TOKEN: 'only-for-the-figures' });
    const read = async (token: string) => (await server.api('GET', '/metrics', { token })).status;
    for (let i = 0; i < 21; i++) await read('unknown');
    expect(await read('unknown')).toBe(429);
    expect(await read('only-for-the-figures')).toBe(200);
  });

  it('0 switches both off', async () => {
    server = await startServer({ RATE_LIMIT: '0' });
    for (let i = 0; i < 70; i++) expect((await server.api('GET', '/openapi.json', { token: null })).status).toBe(200);
  });
});

it('[section 3] ten wrong pairing codes close it to their address, also with RATE_LIMIT=0', async () => {
  server = await startServer({ RATE_LIMIT: '0' });
  const store = await server.makeStore();
  const pair = (code: string) => server.api('POST', '/pair', { token: null, body: { code, deviceName: 'x' } });
  const statuses = await Promise.all(Array.from({ length: 80 }, async () => (await pair('ZZZZZZ')).status));
  expect([statuses.filter((s) => s === 404).length, statuses.filter((s) => s === 429).length]).toEqual([10, 70]);
  const { code } = (await server.api('POST', `/stores/${store.id}/pairing-codes`)).json;
  const closed = await pair(code);
  expect(closed.status).toBe(429);
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(60);
});
