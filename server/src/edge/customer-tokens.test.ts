import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCustomerTokens } from './customer-tokens.ts';

const SECRET = 'a-secret-for-customers-0123456789';
const tokens = createCustomerTokens({ customerTokenSecret: SECRET, adminToken: 'x'.repeat(24) });
const ORDER = '01990000-0000-7000-8000-000000000117';
const ORIGIN = 'https://orders.example';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
function jwt(claims: object, { alg = 'HS256', secret = SECRET, hash = 'sha256', sign = true } = {}): string {
  const head = `${base64({ alg, typ: 'JWT' })}.${base64(claims)}`;
  return `${head}.${sign ? createHmac(hash, secret).update(head).digest('base64url') : ''}`;
}
const good = { sub: 'u-1', store: 'main', exp: inSeconds(600) };

describe('[section 3] a customer’s JWT', () => {
  it('names the customer, the store, and until when', async () => {
    expect(await tokens.read(jwt(good))).toEqual({ storeId: 'main', ref: 'u-1', expiresAt: good.exp * 1_000 });
    expect(await tokens.read(jwt({ ...good, sub: 'ქეთი '.repeat(40) }))).toMatchObject({ ref: 'ქეთი '.repeat(40) });
  });

  it.each([
    ['sub', { ...good, sub: undefined }],
    ['sub', { ...good, sub: '' }],
    ['sub', { ...good, sub: 7 }],
    ['sub', { ...good, sub: 'x'.repeat(201) }],
    ['store', { ...good, store: undefined }],
    ['store', { ...good, store: '../main' }],
    ['exp', { ...good, exp: undefined }],
    ['exp', { ...good, exp: String(good.exp) }],
    ['exp', { ...good, exp: null }],
    ['exp', { ...good, exp: inSeconds(-1) }],
  ])('with a wrong %s is no token: %o', async (_claim, claims) => {
    expect(await tokens.read(jwt(claims))).toBeNull();
  });

  it('counts only when signed by HS256 with our secret', async () => {
    const wrong = [
      jwt(good, { secret: `${SECRET}x` }),
      jwt(good, { alg: 'none', sign: false }),
      jwt(good, { alg: 'none' }),
      jwt(good, { sign: false }),
      jwt(good, { alg: 'HS512', hash: 'sha512' }),
      jwt(good, { alg: 'HS384', hash: 'sha384' }),
      jwt(good, { alg: 'hs256' }),
      jwt(good, { alg: 'RS256' }),
      `${jwt(good)}x`,
      jwt(good).replace(/\.[^.]+\./, `.${base64({ ...good, sub: 'u-2' })}.`),
      '..',
      'a.b.c',
    ];
    for (const token of wrong) expect(await tokens.read(token), token).toBeNull();
  });

  it('is what a link has behind its #, which no browser sends to a server', async () => {
    const { token, url, expiresAt } = await tokens.link({ storeId: 'main', ref: 'u-1', days: 30 }, ORIGIN);
    expect(url).toBe(`${ORIGIN}/my#${token}`);
    expect(await tokens.read(token)).toEqual({ storeId: 'main', ref: 'u-1', expiresAt: Date.parse(expiresAt) });
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(30);
  });
});

describe('[section 3] a tracking token', () => {
  it('is the same for the same order, and names it', async () => {
    const { token, url } = tokens.tracking(ORDER, ORIGIN);
    expect(tokens.tracking(ORDER, ORIGIN).token).toBe(token);
    expect(url).toBe(`${ORIGIN}/track/${token}`);
    expect(await tokens.read(token)).toEqual({ orderId: ORDER });
  });

  it('counts only as a whole, and for its order', async () => {
    const { token } = tokens.tracking(ORDER, ORIGIN);
    const [, mac] = token.split('.');
    for (const wrong of [
      ORDER,
      `${ORDER}.`,
      `${ORDER}x.${mac}`,
      `.${mac}`,
      token.slice(0, -1),
      `${token}A`,
      ` ${token}`,
    ])
      expect(await tokens.read(wrong), wrong).toBeNull();
  });

  it('has another key on another server, also without CUSTOMER_TOKEN_SECRET', async () => {
    const of = (adminToken: string) => createCustomerTokens({ customerTokenSecret: null, adminToken });
    const { token } = of('a'.repeat(24)).tracking(ORDER, ORIGIN);
    expect(await of('a'.repeat(24)).read(token)).toEqual({ orderId: ORDER });
    expect(await of('b'.repeat(24)).read(token)).toBeNull();
    expect(await tokens.read(token)).toBeNull();
  });
});
