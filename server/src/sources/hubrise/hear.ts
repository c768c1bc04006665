import type { Heard, Hint } from '../adapter.ts';
import { isSigned } from '../mapping/is-signed.ts';
import type { HubRise } from './call-hubrise.ts';
import { HubRiseEvent, HubRiseOrder, msOf } from './hubrise-order.ts';

const Event = HubRiseEvent.omit({ id: true });

/**
 * Judges an active callback: https://developers.hubrise.com/api/callbacks#event-signatures. A retry brings the old event for up to an
 * hour, so it only names the order. What it says counts if the order cannot be read.
 */
export function hear({ headers, body }: Heard, secret: string, { locationId, memory }: HubRise): Hint {
  if (secret === '') return { kind: 'forged', why: 'This source has no client secret.' };
  const signature = headers['x-hubrise-hmac-sha256'];
  if (typeof signature !== 'string') return { kind: 'forged', why: 'The signature is missing.' };
  if (!isSigned(signature, body, secret, 'hex'))
    return { kind: 'forged', why: 'The signature is wrong: is it the secret of this client?' };
  const event = eventOf(body);
  if (!event) return { kind: 'look', ids: [] };
  if (event.resource_type !== '' && event.resource_type !== 'order')
    return { kind: 'nothing', why: `It is about “${event.resource_type.slice(0, 100)}” and not about an order.` };
  if (event.location_id !== '' && event.location_id !== locationId)
    return { kind: 'nothing', why: `It is about the location ${event.location_id.slice(0, 100)}.` };
  const { order_id: id } = event;
  if (id === undefined) return { kind: 'look', ids: [] };
  const state = HubRiseOrder.safeParse(event.new_state).data;
  const at = msOf(event.created_at);
  if (state?.id === id && at >= (memory.told.get(id)?.at ?? 0)) memory.told.set(id, { order: state, at });
  return { kind: 'look', ids: [id] };
}

/** undefined: it is not one. */
function eventOf(body: Buffer) {
  try {
    return Event.safeParse(JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''))).data;
  } catch {
    return undefined;
  }
}
