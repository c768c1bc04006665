import { z } from 'zod';
import { Later, Refused } from '../service-client.ts';
import { type HubRise, noneIf404 } from './call-hubrise.ts';
import { HubRiseOrder } from './hubrise-order.ts';

/**
 * The orders that were placed since a time, in pages of at most 100; 10 of them in a minute are allowed.
 *
 * @param after ms since 1970
 */
export async function* listOrders(hubrise: HubRise, after: number): AsyncGenerator<HubRiseOrder[]> {
  const { client, locationId, memory } = hubrise;
  let cursor: string | null = null;
  do {
    let following: string | null = null;
    const answer = await client
      .call('GET', `/locations/${locationId}/orders`, {
        query: { after: new Date(Math.max(0, after)).toISOString(), ...(cursor !== null && { cursor }) },
        onHeaders: (headers) => {
          following = headers['x-cursor-next']?.toString() || null;
        },
      })
      .catch(noneIf404);
    if (answer === undefined) return checkLocation(hubrise);
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

/** There is no list: is the token for another location? A connection that may only have events goes on with them. */
async function checkLocation({ client, locationId }: HubRise): Promise<void> {
  const { data } = Location.safeParse(await client.call('GET', '/location').catch(noneIf404));
  if (data && data.id !== locationId)
    throw new Refused(
      `the token is for the location ${data.id}, and not for ${locationId}: correct the locationId`,
      404,
    );
}
const Location = z.object({ id: z.string().max(100) });
