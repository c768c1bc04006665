import { z } from 'zod';
import type { Heard, Hint } from '../adapter.ts';
import { isSigned } from '../mapping/is-signed.ts';

/** `data.object` has one field, named for what happened. */
const Event = z.object({
  type: z.string(),
  data: z.object({
    type: z.string().optional(),
    id: z.string().optional(),
    object: z.record(z.string(), z.unknown()).optional(),
  }),
});
const AboutOrder = z.object({ order_id: z.string(), location_id: z.string().optional() });

/**
 * Judges a webhook of Square, whose signature is over its address and its body:
 * https://developer.squareup.com/docs/webhooks/step3validate. It only names the order. Orders of the till ring by their
 * payments, for they have no events.
 *
 * @param url as it is in Square's subscription
 */
export function hear({ headers, body }: Heard, key: string, url: string, locationId: string): Hint {
  const signature = headers['x-square-hmacsha256-signature'];
  if (key === '') return { kind: 'forged', why: 'This source has no signature key.' };
  if (typeof signature !== 'string') return { kind: 'forged', why: 'The signature is missing.' };
  if (!isSigned(signature, Buffer.concat([Buffer.from(url), body]), key))
    return { kind: 'forged', why: 'The signature is wrong: are signature key and address the same in Square?' };

  const event = Event.safeParse(parsed(body)).data;
  if (!event) return { kind: 'look', ids: [] };
  const [about] = Object.values(event.data.object ?? {}).flatMap((one) => AboutOrder.safeParse(one).data ?? []);
  if (about?.location_id && about.location_id !== locationId)
    return { kind: 'nothing', why: 'It is about another location.' };
  const id = about?.order_id ?? (event.type.startsWith('order.') ? event.data.id : undefined);
  if (id !== undefined && /^[\w-]{1,150}$/.test(id)) return { kind: 'look', ids: [id] };
  return event.type.startsWith('order.')
    ? { kind: 'look', ids: [] }
    : { kind: 'nothing', why: `It is about “${event.type.slice(0, 100)}” and not about an order.` };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
