import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore, type HandshakeRefused } from '#test/support/store-socket.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer({ CORS_ORIGINS: 'https://board.example' });
  store = await server.makeStore();
});
afterAll(() => server.close());

/** `connected`, or the code in the refusal's data. */
async function outcomeOf(auth: object, options: Parameters<typeof connectStore>[2] = {}): Promise<string | undefined> {
  try {
    const client = await connectStore(server.url, auth, options);
    client.close();
    return 'connected';
  } catch (error) {
    return (error as HandshakeRefused).code;
  }
}

describe('[section 6] the handshake of /store', () => {
  it('admits a display', async () => {
    expect(await outcomeOf({ token: store.display.token })).toBe('connected');
    expect(await outcomeOf({ token: store.display.token, appVersion: undefined })).toBe('connected');
  });

  it('refuses any token but a display’s as unauthorized', async () => {
    for (const token of [undefined, null, '', 'nope', 7, {}, ['x'], 'x'.repeat(10_000), store.integration.token])
      expect(await outcomeOf({ token }), String(token).slice(0, 20)).toBe('unauthorized');
    expect(await outcomeOf({ token: 'test-admin-token-0123456789abcdef' })).toBe('unauthorized');
  });

  it('refuses another protocol as protocol_unsupported', async () => {
    for (const protocol of [0, 2, 999, '1', null, undefined, Number.NaN])
      expect(await outcomeOf({ token: store.display.token, protocol }), String(protocol)).toBe('protocol_unsupported');
  });

  it('refuses an origin that is neither its own nor in CORS_ORIGINS', async () => {
    const from = (origin: string) => outcomeOf({ token: store.display.token }, { extraHeaders: { origin } });
    expect(await from('https://evil.example')).toBe('unauthorized');
    expect(await from('null')).toBe('unauthorized');
    expect(await from(server.url.replace('http', 'https'))).toBe('unauthorized');
    expect(await from(server.url)).toBe('connected');
    expect(await from('https://board.example')).toBe('connected');
  });

  it('refuses the default namespace', async () => {
    expect(await outcomeOf({ token: store.display.token }, { namespace: '/' })).toBe('unauthorized');
    await expect(connectStore(server.url, {}, { namespace: '/nobody' })).rejects.toThrow();
  });

  it('accepts websockets only', async () => {
    await expect(
      connectStore(server.url, { token: store.display.token }, { transports: ['polling'] }),
    ).rejects.toThrow();
  });

  it('pings every 5 s and waits 5 s for the pong', async () => {
    const client = await connectStore(server.url, { token: store.display.token });
    const engine = client.socket.io.engine as unknown as { _pingInterval: number; _pingTimeout: number };
    expect([engine._pingInterval, engine._pingTimeout]).toEqual([5000, 5000]);
    client.close();
  });
});

describe('[section 3] a revoked display', () => {
  it('is disconnected within 2 s and unauthorized from then on', async () => {
    const body = { name: 'Stolen', role: 'display' };
    const { deviceId, token } = (await server.api('POST', `/stores/${store.id}/devices`, { body })).json;
    const clients = await Promise.all([connectStore(server.url, { token }), connectStore(server.url, { token })]);
    const bystander = await connectStore(server.url, { token: store.display.token });
    const ended = clients.map(({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve)));
    await clients[0]?.hello();
    const started = performance.now();
    await server.api('DELETE', `/devices/${deviceId}`);
    expect(await Promise.all(ended)).toEqual(['io server disconnect', 'io server disconnect']);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await outcomeOf({ token })).toBe('unauthorized');
    expect(bystander.socket.connected).toBe(true);
    bystander.close();
  });
});
