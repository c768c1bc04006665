import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '#test/support/server.ts';
import { postgresUrl } from '../testing/postgres-databases.ts';
import { newToken, sameHash, tokenHash } from './tokens.ts';

it.skipIf(postgresUrl())(
  'no file of the server contains a token, so a copied database gives no access (contract, section 3)',
  async () => {
    const server = await startServer();
    const { display, integration } = await server.makeStore();
    const order = { items: [{ name: 'Khachapuri', quantity: 1 }], currency: 'GEL', totalMinor: 1450 };
    await server.api('POST', '/orders', { token: integration.token, body: order });
    const files = readdirSync(server.dir).map((name) => readFileSync(join(server.dir, name), 'latin1'));
    expect(files.join('')).toContain(tokenHash(display.token));
    for (const { token } of [display, integration]) expect(files.join('')).not.toContain(token);
    await server.close();
  },
);

it('a token shows its role, is unique, and cannot be guessed', () => {
  const tokens = Array.from({ length: 1_000 }, () => newToken('display'));
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) expect(token).toMatch(/^tr_d_[\w-]{43}$/);
  expect(newToken('integration')).toMatch(/^tr_i_/);
});

it('compares hashes of any length', () => {
  const hash = tokenHash('a');
  expect([
    sameHash(hash, tokenHash('a')),
    sameHash(hash, tokenHash('b')),
    sameHash(hash, ''),
    sameHash('', ''),
  ]).toEqual([true, false, false, true]);
});
