import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { PAGES } from '../../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../../scripts/start/ensure-built.ts';

const DEMO_TOKEN = 'the-token-of-the-demo';
let server: TestServer;
let shop: TestStore;
beforeAll(async () => {
  await ensureBuilt(join(import.meta.dirname, '../../../..'), PAGES, () => {});
  const files = await startServer();
  await files.stop();
  const file = join(files.dir, 'console-token');
  writeFileSync(file, `${DEMO_TOKEN}\n`);
  server = await startServer({ CONSOLE: '1', CONSOLE_TOKEN_FILE: file }, files.dir);
  shop = await server.makeStore();
}, 120_000);
afterAll(() => server.close());

/** `fetch` sets `Host` itself. */
function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, server.url), { headers }, async (answer) => {
      let text = '';
      for await (const part of answer.setEncoding('utf8')) text += part;
      resolve({ status: answer.statusCode ?? 0, text });
    });
    asked.on('error', reject).end();
  });
}

describe('[section 16] the token that the demo fills in', () => {
  it('is given to a browser on this machine', async () => {
    expect((await get('/console')).text).toContain(DEMO_TOKEN);
    expect((await get('/console', { host: 'localhost:4310' })).text).toContain(DEMO_TOKEN);
  });

  it.each([
    ['a page of another site whose name points here', { host: 'evil.example' }],
    ['a name that only begins like this machine', { host: '127.0.0.1.evil.example' }],
    ['what comes through a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['what comes through a proxy, in the words of RFC 7239', { forwarded: 'for=203.0.113.7' }],
  ])('is not given to %s', async (_, headers) => {
    const { status, text } = await get('/console', headers as Record<string, string>);
    expect(status).toBe(200);
    expect(text).not.toContain(DEMO_TOKEN);
  });

  it('is on no other page', async () => {
    for (const path of ['/', '/admin']) expect((await get(path)).text).not.toContain(DEMO_TOKEN);
  });
});

describe('[section 9] /admin', () => {
  const stateOf = (text: string) => JSON.parse(/id="state">(.*?)<\/script>/.exec(text)?.[1] ?? 'null');
  async function cookieFor(token: string): Promise<string> {
    const answer = await server.api('POST', '/session', { token: null, body: { token } });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  it('knows who is signed in, by the cookie alone', async () => {
    const manager = await server.addDevice(shop.id, 'manager');
    expect(stateOf((await get('/admin')).text)).toEqual({ role: null });
    expect(stateOf((await get('/admin', { cookie: 'ticketrail_session=made-up' })).text)).toEqual({ role: null });
    expect(stateOf((await get('/admin', { cookie: await cookieFor(ADMIN_TOKEN) })).text)).toEqual({ role: 'admin' });
    expect(stateOf((await get('/admin', { cookie: await cookieFor(manager.token) })).text)).toEqual({
      role: 'manager',
    });
    expect(stateOf((await get('/admin', { authorization: `Bearer ${ADMIN_TOKEN}` })).text)).toEqual({ role: null });
  });
});

describe('[section 9] /', () => {
  it('says where to go, in the language of the reader', async () => {
    const { text } = await get('/', { 'accept-language': 'ka' });
    expect(text).toContain('<html lang="ka"');
    for (const path of ['admin', 'console', 'api/v1/docs/']) expect(text).toContain(`href="${path}"`);
  });
});
