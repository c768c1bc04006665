import { z } from 'zod';
import type { Order } from '#contract/order.ts';
import type { Said } from '../adapter.ts';
import { Refused } from '../service-client.ts';
import type { Ask } from './graphql.ts';

const OPEN = `query ($id: ID!) { order(id: $id) { fulfillmentOrders(first: 20) { nodes { id status } } } }`;
/** Shopify tells the customer that it is ready. */
const PREPARED = `mutation ($input: FulfillmentOrderLineItemsPreparedForPickupInput!) {
  fulfillmentOrderLineItemsPreparedForPickup(input: $input) { userErrors { field message } }
}`;
const FULFIL = `mutation ($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`;

const Found = z.object({
  fulfillmentOrders: z.object({ nodes: z.array(z.object({ id: z.string(), status: z.string() })) }),
});
const Payload = z.object({ userErrors: z.array(z.object({ message: z.string() })) });

/** Says a status to Shopify, which knows two steps: prepared for pickup, and fulfilled. */
export async function push(ask: Ask, { status, fulfilment }: Order, id: string): Promise<Said> {
  if (status === 'rejected' || status === 'cancelled')
    return { nothing: 'Cancel the order in Shopify too: the refund is decided there.' };
  const isPrepared = status === 'ready' && fulfilment === 'pickup';
  if (!isPrepared && status !== 'completed') return { nothing: `Shopify has no word for ${status}.` };

  const found = Found.safeParse((await ask(OPEN, { id: `gid://shopify/Order/${id}` })).order);
  if (!found.success) throw new Refused('the order is not there, or the app may not read its fulfillment orders', 404);
  const open = found.data.fulfillmentOrders.nodes.filter((one) => ['OPEN', 'IN_PROGRESS'].includes(one.status));
  if (open.length === 0) return { nothing: 'Nothing of it is left to fulfil in Shopify.' };
  const parts = open.map((one) => ({ fulfillmentOrderId: one.id }));
  if (isPrepared) {
    await say(ask, PREPARED, { input: { lineItemsByFulfillmentOrder: parts } });
    return { said: 'prepared for pickup' };
  }
  // One each: those of several locations cannot be fulfilled together.
  for (const part of parts) await say(ask, FULFIL, { fulfillment: { lineItemsByFulfillmentOrder: [part] } });
  return { said: 'fulfilled' };
}

async function say(ask: Ask, mutation: string, variables: Record<string, unknown>): Promise<void> {
  const [payload] = Object.values(await ask(mutation, variables));
  const errors = Payload.safeParse(payload).data?.userErrors ?? [];
  if (errors.length > 0)
    throw new Refused(
      errors
        .map(({ message }) => message)
        .join('; ')
        .slice(0, 300),
      422,
    );
}
