import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ErrorBody } from '#contract/errors.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
});
afterAll(() => server.close());

const post = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  server.api('POST', '/orders', { token: store.integration.token, raw, headers });
/** Sends raw bytes, for requests that no client would send. */
async function bare(bytes: string): Promise<{ status: number; body: ErrorBody }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += data));
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: ErrorBody.parse(JSON.parse(body)) };
}

describe('[section 5] an invalid request gets the contract’s error', () => {
  it.each([
    ['half an object', '{'],
    ['no JSON', 'nonsense'],
    ['nothing', ''],
    ['a string', '"x"'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a poisoned prototype', '{"__proto__":{"admin":true}}'],
    ['a poisoned constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['depth', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['depth in a known field', `{"items":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('%s', async (_what, raw) => {
    const { status, json } = await post(raw);
    expect([status, ErrorBody.parse(json).error.code]).toEqual([400, 'invalid_request']);
  });

  it('with the first details only, and none of them long', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field-${n}-${'x'.repeat(9)}`, 1]));
    for (const body of [many, { ['y'.repeat(100_000)]: 1 }]) {
      const { status, json } = await post(JSON.stringify(body));
      expect(status).toBe(400);
      expect(ErrorBody.parse(json).error.details?.length).toBeLessThanOrEqual(20);
      expect(JSON.stringify(json).length).toBeLessThan(16_000);
    }
  });
  it('for broken UTF-8', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(orderDraft({ note: '???' })));
    bytes.set([0xff, 0xfe, 0xfd], Buffer.from(bytes).indexOf('???'));
    expect((await post(bytes)).status).toBe(400);
  });

  it('for another content type', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense']) {
      const { status, json } = await post(JSON.stringify(orderDraft()), { 'content-type': type });
      expect([status, json.error.code], type).toEqual([400, 'invalid_request']);
    }
  });

  it('for a body over 128 KiB: 413', async () => {
    const over = await post(JSON.stringify({ ...orderDraft(), note: 'x'.repeat(131_072) }));
    expect([over.status, over.json.error.code]).toEqual([413, 'too_large']);
    expect(over.json.error.message).toBe('The body is over 128 KiB.');
    const hook = await server.api('POST', '/hooks/x', { raw: 'x'.repeat(1_048_577) });
    expect([hook.status, hook.json.error.message]).toEqual([413, 'The body is over 1024 KiB.']);
    const under = await post(JSON.stringify({ ...orderDraft(), note: 'x'.repeat(120_000) }));
    expect([under.status, under.json.error.details[0].path]).toEqual([400, 'note']);
  });

  it('for unknown addresses and methods: 404 for every caller', async () => {
    for (const [method, path] of [
      ['GET', '/nope'],
      ['PUT', '/orders'],
      ['DELETE', '/orders'],
      ['POST', '/nope'],
      ['OPTIONS', '/orders'],
      ['GET', '//api/v2/orders'],
      ['GET', '//orders'],
      ['GET', '//socket.io/'],
    ] as const)
      for (const token of [null, store.integration.token]) {
        const { status, json } = await server.api(method, path, { token });
        expect([status, ErrorBody.parse(json).error.code], `${method} ${path}`).toEqual([404, 'not_found']);
      }
  });

  it('for broken addresses: 400', async () => {
    for (const path of ['/orders/%zz', '/orders/%E0%A4%A', '/stores/%']) {
      const { status, json } = await server.api('GET', path);
      expect([status, json.error.code], path).toEqual([400, 'invalid_request']);
    }
  });

  it('for malformed HTTP, and the connection ends', async () => {
    expect(await bare('nonsense\r\n\r\n')).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    const long = await bare(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(long).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
  });

  it('for an unexpected failure: 500, without its cause', async () => {
    const broken = await startServer();
    await broken.service.close();
    const { status, json, text } = await broken.api('GET', '/stores');
    expect([500, 503]).toContain(status);
    expect(ErrorBody.parse(json).error.requestId).toBeTruthy();
    expect(text).not.toMatch(/sqlite|kysely|\.ts|node_modules|select/i);
    const ready = await broken.api('GET', '//ready', { token: null });
    expect([ready.status, ready.json.error.code]).toEqual([503, 'unavailable']);
    expect((await broken.api('GET', '//health', { token: null })).status).toBe(200);
    await broken.close();
  });
});

describe('browsers', () => {
  it('may call from the origins in CORS_ORIGINS', async () => {
    const shop = await startServer({ CORS_ORIGINS: 'https://shop.example' });
    const allowed = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const { headers: answer } = await shop.api('OPTIONS', '/orders', { token: null, headers });
      return answer.get('access-control-allow-origin');
    };
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('https://evil.example')).toBeNull();
    await shop.close();
    const { headers } = await server.api('GET', '//health', { headers: { origin: 'https://shop.example' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('and proxies keep no answer', async () => {
    for (const path of ['/stores', '/orders', '/orders/none'])
      expect((await server.api('GET', path)).headers.get('cache-control')).toBe('no-store');
  });
  it('get security headers', async () => {
    const { headers } = await server.api('GET', '//health', { token: null });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
