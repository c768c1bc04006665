import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import type { Said } from '../adapter.ts';
import { Conflict, Refused, type ServiceClient } from '../service-client.ts';
import { mapOrder, type Shop } from './map-order.ts';
import { ORDERS, read } from './pull.ts';
import { SquareOrder } from './square-order.ts';
import { isCalledOff, isUnderWay, rankOf } from './state-of.ts';

const WORD: Partial<Record<Status, string>> = {
  preparing: 'RESERVED',
  ready: 'PREPARED',
  // Square has no word for the way, and `ready` may not have been said: only the newest status is.
  delivering: 'PREPARED',
  completed: 'COMPLETED',
  rejected: 'CANCELED',
  cancelled: 'CANCELED',
};

/** Says a status to Square: to each fulfillment that is not so far yet. It is never put back. */
export async function push(client: ServiceClient, { status }: Order, id: string, shop: Shop): Promise<Said> {
  const word = WORD[status];
  if (!word) return { nothing: 'Square needs no receipt.' };
  const theirs = await read(client, id, shop);
  if (!theirs) throw new Refused('the order is not there any more', 404);
  const { fulfillments } = theirs;
  if (fulfillments.length === 0) return { nothing: 'Square keeps no steps of an order of the till.' };
  const behind = fulfillments.filter(
    (one) => isUnderWay(one) && (word === 'CANCELED' || rankOf(one.state) < rankOf(word)),
  );
  const states = fulfillments.map((one) => one.state).join(', ');
  if (behind.length === 0) {
    if (word === 'CANCELED' && !fulfillments.every(isCalledOff))
      throw new Refused(`Square has it as ${states}, which cannot be cancelled: give the money back there`, 409);
    return { nothing: `Square has it as ${states}.` };
  }

  const isWhole = word === 'COMPLETED' && theirs.net_amount_due_money?.amount === 0;
  const order = {
    location_id: theirs.location_id || shop.locationId,
    version: theirs.version,
    // An order that is paid and handed over leaves Square's list of active orders only with its own state.
    ...(isWhole && { state: 'COMPLETED' }),
    fulfillments: behind.map(({ uid }) => ({ uid, state: word })),
  };
  const after = SquareOrder.safeParse(await update(client, id, order)).data;
  return { said: word, ...(after && { theirs: mapOrder(after, shop) }) };
}

/** Their order after it. */
async function update(client: ServiceClient, id: string, order: object): Promise<unknown> {
  try {
    const answer = await client.call('PUT', `${ORDERS}/${id}`, { body: { order } });
    return (answer as { order?: unknown } | undefined)?.order;
  } catch (error) {
    if (error instanceof Refused && error.answer.includes('VERSION_MISMATCH')) throw new Conflict(error.message);
    throw error;
  }
}
