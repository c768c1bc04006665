import { createHmac, randomBytes } from 'node:crypto';

/** Signatures of Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */

const PREFIX = 'whsec_';
/** The specification allows 24 to 64. */
const KEY_BYTES = 32;

export const newSecret = (): string => PREFIX + randomBytes(KEY_BYTES).toString('base64');

/**
 * The headers of one try.
 *
 * @param secrets the newest first; each signs
 * @param at ms since 1970
 */
export function signedHeaders(id: string, body: string, secrets: readonly string[], at: number) {
  const timestamp = String(Math.floor(at / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
