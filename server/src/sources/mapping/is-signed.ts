import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `signature` is the HMAC-SHA256 of the body, as it came. */
export function isSigned(
  signature: string,
  body: Buffer,
  secret: string,
  encoding: 'base64' | 'hex' = 'base64',
): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, encoding);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
