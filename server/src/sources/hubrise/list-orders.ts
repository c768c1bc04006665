import { Later } from '../service-client.ts';
import type { HubRise } from './call-hubrise.ts';
import { HubRiseOrder } from './hubrise-order.ts';

/**
 * The orders that were placed since a time, in pages of at most 100; 10 of them in a minute are allowed.
 *
 * @param after ms since 1970
 */
export async function* listOrders(
  { client, locationId, memory }: HubRise,
  after: number,
): AsyncGenerator<HubRiseOrder[]> {
  let cursor: string | null = null;
  do {
    let following: string | null = null;
    const answer = await client.call('GET', `/locations/${locationId}/orders`, {
      query: { after: new Date(Math.max(0, after)).toISOString(), ...(cursor !== null && { cursor }) },
      onHeaders: (headers) => {
        following = headers['x-cursor-next']?.toString() || null;
      },
    });
    if (!Array.isArray(answer)) throw new Later('the answer is not a list of orders');
    const orders = answer.flatMap((one) => {
      const { success, data } = HubRiseOrder.safeParse(one);
      return success ? [data] : [];
    });
    for (const order of orders) memory.saw(order);
    yield orders;
    cursor = following === cursor ? null : following;
  } while (cursor !== null);
}
