import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `signature` is the base64 of the HMAC-SHA256 of the body, as it came. */
export function isSigned(signature: string, body: Buffer, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
