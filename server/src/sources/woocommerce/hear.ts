import type { Heard, Hint } from '../adapter.ts';
import { isSigned } from '../mapping/is-signed.ts';

/** WordPress decodes these in a secret before it signs (`wp_specialchars_decode`). */
const SPECIAL: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#039;': "'" };

/**
 * Judges a webhook of WooCommerce (`class-wc-webhook.php`). Its delivery id is the same for two orders of one second, and is not
 * read. The body is not trusted either: it only names the order.
 */
export function hear({ headers, body }: Heard, secret: string): Hint {
  const signature = headers['x-wc-webhook-signature'];
  if (signature === undefined && /^webhook_id=\d+$/.test(body.toString('latin1').trim()))
    return { kind: 'nothing', why: 'WooCommerce tests the address.' };
  if (secret === '') return { kind: 'forged', why: 'This source has no webhook secret.' };
  if (typeof signature !== 'string') return { kind: 'forged', why: 'The signature is missing.' };
  const decoded = secret.replace(/&(amp|lt|gt|quot|#039);/g, (entity) => SPECIAL[entity] ?? entity);
  if (!isSigned(signature, body, secret) && !isSigned(signature, body, decoded))
    return { kind: 'forged', why: 'The signature is wrong: is the secret the same in the shop?' };

  const topic = headers['x-wc-webhook-topic'];
  if (typeof topic === 'string' && !topic.startsWith('order.'))
    return { kind: 'nothing', why: `It is about “${topic.slice(0, 100)}” and not about an order.` };
  const id = idOf(body);
  return { kind: 'look', ids: id === null ? [] : [id] };
}

/** null: it names none, so that all that changed is pulled. */
function idOf(body: Buffer): string | null {
  try {
    const { id } = JSON.parse(body.toString('utf8').replace(/^\uFEFF/, '')) as { id?: unknown };
    return (typeof id === 'number' || typeof id === 'string') && /^\d{1,20}$/.test(String(id)) ? String(id) : null;
  } catch {
    return null;
  }
}
