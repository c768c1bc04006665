import type { Heard, Hint } from '../adapter.ts';
import { isSigned } from '../mapping/is-signed.ts';

/**
 * Judges a webhook of Shopify: https://shopify.dev/docs/apps/build/webhooks/verify-deliveries. A retry brings the old payload, so
 * the body only names the order.
 */
export function hear({ headers, body }: Heard, secret: string): Hint {
  const signature = headers['x-shopify-hmac-sha256'];
  if (typeof signature !== 'string') return { kind: 'forged', why: 'The signature is missing.' };
  if (!isSigned(signature, body, secret))
    return { kind: 'forged', why: 'The signature is wrong: is it the secret of this app?' };
  const topic = headers['x-shopify-topic'];
  if (typeof topic === 'string' && !topic.startsWith('orders/'))
    return { kind: 'nothing', why: `It is about “${topic.slice(0, 100)}” and not about an order.` };
  // JSON.parse would round ids that are longer than 15 digits.
  const [, id] = /"admin_graphql_api_id"\s*:\s*"gid:\/\/shopify\/Order\/(\d{1,20})"/.exec(body.toString('utf8')) ?? [];
  return { kind: 'look', ids: id ? [id] : topLevelId(body) };
}

function topLevelId(body: Buffer): string[] {
  try {
    const { id } = JSON.parse(body.toString('utf8')) as { id?: unknown };
    return typeof id === 'number' && Number.isSafeInteger(id) ? [String(id)] : [];
  } catch {
    return [];
  }
}
