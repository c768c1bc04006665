import type { Order } from '#contract/order.ts';
import type { Said } from '../adapter.ts';
import type { ServiceClient } from '../service-client.ts';
import { find, ORDERS } from './pull.ts';

const WORD = { completed: 'completed', rejected: 'cancelled', cancelled: 'cancelled' } as const;
const NOTE = {
  preparing: 'The kitchen prepares this order.',
  ready: 'This order is ready.',
  delivering: 'This order is on its way.',
} as const;
/** The shop has given the money back or thrown the order away: our step does not bring it back. */
const CALLED_OFF = ['cancelled', 'refunded', 'failed', 'trash'];

/** Says a status to the shop; a note of the shop's staff where it has no word. Writing the same again does no harm. */
export async function push(client: ServiceClient, order: Order, id: string): Promise<Said> {
  const { status, reason } = order;
  if (status === 'pending') return { nothing: 'WooCommerce needs no receipt.' };
  const path = `${ORDERS}/${id}`;
  const note = (text: string) => client.call('POST', `${path}/notes`, { body: { note: text, customer_note: false } });
  if (status === 'preparing' || status === 'ready' || status === 'delivering') {
    await note(NOTE[status]);
    return { said: `order note: ${NOTE[status]}` };
  }
  const theirs = (await find(client, id))?.status ?? '';
  if (theirs === WORD[status]) return { nothing: `The shop has it as “${theirs}” already.` };
  if (CALLED_OFF.includes(theirs)) return { nothing: `The shop has it as “${theirs}”.` };
  await client.call('PUT', path, { body: { status: WORD[status] } });
  if (status !== 'completed' && reason) await note(`${status}: ${reason}`);
  return { said: WORD[status] };
}
