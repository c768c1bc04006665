import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { WRONG_CODES } from './pairing-tries.ts';

let believing: TestServer;
let doubting: TestServer;
let store: TestStore;
beforeAll(async () => {
  believing = await startServer({ TRUST_PROXY: '1' });
  doubting = await startServer();
  store = await believing.makeStore();
});
afterAll(async () => {
  await believing.close();
  await doubting.close();
});

const BY_PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'orders.example' };
const from = (address: string) => ({ 'x-forwarded-for': address });
const outcomeOf = (attempt: Promise<{ close(): void }>) =>
  attempt.then(
    (client) => {
      client.close();
      return 'connected';
    },
    (error: Error) => error.message,
  );

describe('[section 2] behind a proxy that TRUST_PROXY counts', () => {
  it('links begin with what the client asked, and cookies are for https only', async () => {
    const placed = await believing.api('POST', '/orders', {
      token: store.integration.token,
      body: orderDraft(),
      headers: BY_PROXY,
    });
    expect(placed.json.tracking.url).toMatch(/^https:\/\/orders\.example\/track\//);
    const link = { token: store.integration.token, body: { ref: 'u-1' }, headers: BY_PROXY };
    const { json } = await believing.api('POST', `/stores/${store.id}/customer-links`, link);
    expect(json.url).toMatch(/^https:\/\/orders\.example\/my#/);
    const signIn = { token: null, body: { token: ADMIN_TOKEN }, headers: BY_PROXY };
    expect((await believing.api('POST', '/session', signIn)).headers.get('set-cookie')).toMatch(/; Secure/);
    expect((await doubting.api('POST', '/session', signIn)).headers.get('set-cookie')).not.toMatch(/Secure/);
  });

  it('pages of that origin are our own, on HTTP and sockets', async () => {
    const headers = { ...BY_PROXY, origin: 'https://orders.example' };
    const signIn = { token: null, body: { token: ADMIN_TOKEN }, headers };
    expect([
      (await believing.api('POST', '/session', signIn)).status,
      (await doubting.api('POST', '/session', signIn)).status,
    ]).toEqual([204, 403]);
    const connect = (extraHeaders: Record<string, string>) =>
      outcomeOf(connectStore(believing.url, { token: store.display.token }, { extraHeaders }));
    expect(await connect(headers)).toBe('connected');
    expect(await connect({ ...headers, origin: 'https://evil.example' })).not.toBe('connected');
  });

  it('limits count each client by its own address', async () => {
    const pair = async (server: TestServer, address: string) =>
      (
        await server.api('POST', '/pair', {
          token: null,
          body: { code: '000000', deviceName: 'x' },
          headers: from(address),
        })
      ).status;
    for (const server of [believing, doubting])
      for (let i = 0; i < WRONG_CODES; i++) expect(await pair(server, '192.0.2.7')).toBe(404);
    for (const server of [believing, doubting]) expect(await pair(server, '192.0.2.7')).toBe(429);
    expect([await pair(believing, '192.0.2.8'), await pair(doubting, '192.0.2.8')]).toEqual([404, 429]);
  });
});
