import type { Page, TheirOrder } from '../adapter.ts';
import { Later } from '../service-client.ts';
import { asItIs, type HubRise, noneIf404 } from './call-hubrise.ts';
import { HubRiseEvent, HubRiseOrder, msOf } from './hubrise-order.ts';
import { keepTheirEnd } from './keep-their-end.ts';
import { listOrders } from './list-orders.ts';
import { mapOrder } from './map-order.ts';

/** Orders that are read and stored together: the first are on the screen while the others are read. */
const TOGETHER = 10;
/** Most pages of the list in which many orders are found at once: 10 in a minute are allowed. */
const LIST_PAGES = 2;

/**
 * The orders that events of the passive callback name, as they are now: an event says only that there was a change. Events are
 * deleted after the orders are stored; until then HubRise shows them again. Those of other locations stay for whom they are.
 *
 * @param since of their pages' cursor: the newest event, ms since 1970
 */
export async function* pullEvents(hubrise: HubRise, since: number): AsyncGenerator<Page> {
  const { client, locationId, turn } = hubrise;
  const known = new Set<string>();
  let newest = since;
  let next: string | null = '';
  while (next !== null) {
    const end = await turn();
    try {
      const { events, following } = await listEvents(hubrise, next);
      const fresh = events.filter(({ id, location_id: at }) => !known.has(id) && (at === '' || at === locationId));
      for (const { id } of fresh) known.add(id);
      // When events are deleted, the next ones are the first.
      next = following !== null && fresh.length > 0 ? '' : following;
      const byOrder = [...Map.groupBy(fresh, ({ order_id: id }) => id)];
      const listed = byOrder.length > TOGETHER ? await listedSince(hubrise, fresh) : new Map<string, HubRiseOrder>();
      for (let from = 0; from < byOrder.length; from += TOGETHER) {
        const batch = byOrder.slice(from, from + TOGETHER);
        const done = batch.flatMap(([, about]) => about);
        newest = Math.max(newest, ...done.map(({ created_at: at }) => msOf(at)));
        yield {
          orders: await Promise.all(
            batch.flatMap(([id, about]) => (id === undefined ? [] : [orderOf(hubrise, id, about, listed.get(id))])),
          ),
          cursor: String(newest),
          async stored() {
            await Promise.all(done.map(({ id }) => client.call('DELETE', `/callback/events/${id}`).catch(noneIf404)));
          },
        };
      }
    } finally {
      end();
    }
  }
}

/** @param cursor '': the first page */
async function listEvents(
  { client }: HubRise,
  cursor: string,
): Promise<{ events: HubRiseEvent[]; following: string | null }> {
  let following: string | null = null;
  const answer = await client.call('GET', '/callback/events', {
    ...(cursor !== '' && { query: { cursor } }),
    onHeaders: (headers) => {
      following = headers['x-cursor-next']?.toString() || null;
    },
  });
  if (!Array.isArray(answer)) throw new Later('the answer is not a list of events');
  const events = answer.flatMap((one) => {
    const { success, data } = HubRiseEvent.safeParse(one);
    return success ? [data] : [];
  });
  return { events, following: following === cursor ? null : following };
}

/** Those of the events' orders that were placed with the first event, or after it. */
async function listedSince(hubrise: HubRise, events: readonly HubRiseEvent[]): Promise<Map<string, HubRiseOrder>> {
  const first = Math.min(...events.map(({ created_at: at }) => msOf(at)));
  const found = new Map<string, HubRiseOrder>();
  let pages = 0;
  for await (const orders of listOrders(hubrise, first)) {
    for (const order of orders) found.set(order.id, order);
    pages += 1;
    if (pages === LIST_PAGES) break;
  }
  return found;
}

async function orderOf(
  hubrise: HubRise,
  id: string,
  events: readonly HubRiseEvent[],
  listed: HubRiseOrder | undefined,
): Promise<TheirOrder> {
  const newest = events.reduce((a, b) => (msOf(b.created_at) < msOf(a.created_at) ? a : b));
  const mark = msOf(newest.created_at);
  const order = listed ?? (await hubrise.read(id));
  const isOurs = order !== null && order.status === hubrise.memory.written.get(id)?.status;
  // What was true when the event was made.
  const told = order === null || isOurs ? await stateOf(hubrise, newest) : undefined;
  if (order) {
    const kept = await keepTheirEnd(hubrise, order, told && { order: told, at: mark });
    return asItIs(mapOrder(kept, mark, hubrise.shop));
  }
  return told?.id === id
    ? mapOrder(told, mark, hubrise.shop)
    : { id, mark, state: { kind: 'none', why: 'HubRise does not show this order.' } };
}

async function stateOf({ client }: HubRise, { id, new_state: state }: HubRiseEvent): Promise<HubRiseOrder | undefined> {
  if (state !== undefined) return HubRiseOrder.safeParse(state).data;
  const event = await client.call('GET', `/callback/events/${id}`).catch(noneIf404);
  return HubRiseOrder.safeParse(HubRiseEvent.safeParse(event).data?.new_state).data;
}
