import { describe, expect, it } from 'vitest';
import { clientOf } from './client-of.ts';

const PEER = '10.0.0.9';
function client(trustProxy: number, headers: Record<string, string>) {
  return clientOf({ headers: { host: 'inside:4310', ...headers }, socket: { remoteAddress: PEER } }, { trustProxy });
}
const addressOf = (trustProxy: number, forwarded: string) =>
  client(trustProxy, { 'x-forwarded-for': forwarded }).address;

describe('[section 2] TRUST_PROXY', () => {
  it('0 believes no header', () => {
    const forged = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    expect(client(0, forged)).toEqual({ address: PEER, secure: false, origin: 'http://inside:4310' });
  });

  it('n believes the last n entries, and nothing that the client wrote before them', () => {
    expect(addressOf(1, '192.0.2.7')).toBe('192.0.2.7');
    expect(addressOf(1, '203.0.113.1, 192.0.2.7')).toBe('192.0.2.7');
    expect(addressOf(2, '203.0.113.1, 192.0.2.7, 10.0.0.8')).toBe('192.0.2.7');
    expect(addressOf(2, '192.0.2.7')).toBe('192.0.2.7');
  });

  it.each([
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['192.0.2.7:1234', '192.0.2.7'],
    ['unknown', PEER],
    ['', PEER],
    ['<script>', PEER],
    ['192.0.2.7 x', PEER],
  ])('reads %j as %s', (entry, expected) => {
    expect(addressOf(1, entry)).toBe(expected);
  });

  it('1 takes scheme and host from the proxy, and the request’s own without', () => {
    const asked = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'orders.example' };
    expect(client(1, asked)).toMatchObject({ secure: true, origin: 'https://orders.example' });
    expect(client(1, { 'x-forwarded-proto': 'HTTPS' })).toMatchObject({ origin: 'https://inside:4310' });
    expect(client(1, { 'x-forwarded-proto': 'http' })).toMatchObject({ secure: false, origin: 'http://inside:4310' });
    expect(client(1, { 'x-forwarded-proto': 'https, http' })).toMatchObject({ secure: false });
    expect(client(2, { 'x-forwarded-proto': 'https, http' })).toMatchObject({ secure: true });
    for (const host of ['a/b', 'a b', 'evil.example?', '"><script>', 'user@evil.example', ''])
      expect(client(1, { 'x-forwarded-host': host }).origin).toBe('http://inside:4310');
    expect(client(1, { 'x-forwarded-host': '[2001:db8::7]:443' }).origin).toBe('http://[2001:db8::7]:443');
  });
});
