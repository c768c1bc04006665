import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { newSecret, signedHeaders } from './sign.ts';

it('[section 11] a secret is whsec_ and base64 of 24 to 64 bytes, another one each time', () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  for (const secret of secrets) {
    const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret) ?? [];
    expect(Buffer.from(base64, 'base64').length).toBeGreaterThanOrEqual(24);
    expect(Buffer.from(base64, 'base64').length).toBeLessThanOrEqual(64);
  }
  expect(new Set(secrets).size).toBe(50);
});

it('[section 11] another implementation verifies every message, by each of two secrets, and no other one', () => {
  const text = fc.string({ unit: 'binary' }).filter((body) => body.isWellFormed());
  fc.assert(
    fc.property(text, (data) => {
      const [first, second, other] = [newSecret(), newSecret(), newSecret()];
      const body = JSON.stringify({ type: 'order_created', data });
      const headers = signedHeaders('a1b2-main-7', body, [first, second], Date.now());
      for (const secret of [first, second]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => new Webhook(other).verify(body, headers)).toThrow();
      expect(() => new Webhook(first).verify(`${body} `, headers)).toThrow();
      expect(() => new Webhook(first).verify(body, { ...headers, 'webhook-id': 'a1b2-main-8' })).toThrow();
    }),
    { numRuns: 50 },
  );
});
