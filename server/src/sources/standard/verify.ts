import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { signedHeaders } from '../../webhooks/sign.ts';

/** A timestamp further off than this is refused, ms (contract, section 16). */
const TOLERANCE_MS = 5 * 60_000;

/**
 * Judges a message of Standard Webhooks 1.0.
 *
 * @returns its id and the time of this try (ms since 1970), or why it is not believed
 */
export function verify(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: string,
  now: number,
): { id: string; at: number } | { why: string } {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signature = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string' || id === '')
    return { why: 'The message is not signed: a header webhook-… is missing.' };
  if (!/^\d{1,12}$/.test(timestamp)) return { why: 'webhook-timestamp is not a time in seconds.' };
  const at = Number(timestamp) * 1_000;
  if (Math.abs(now - at) > TOLERANCE_MS)
    return { why: 'webhook-timestamp is more than 5 minutes off: check the clocks.' };
  const expected = Buffer.from(signedHeaders(id, body.toString('utf8'), [secret], at)['webhook-signature']);
  const isSigned = signature.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isSigned ? { id, at } : { why: 'The signature is wrong: check the secret.' };
}
