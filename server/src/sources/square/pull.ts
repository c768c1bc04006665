import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from '#contract/local-time.ts';
import { isOpen } from '#contract/status.ts';
import type { Page, TheirOrder } from '../adapter.ts';
import { Later, Refused, type ServiceClient } from '../service-client.ts';
import { mapOrder, type Shop } from './map-order.ts';
import { SquareOrder, updatedAt } from './square-order.ts';

const PER_PAGE = 100;
/** The search may show an order later than one that was saved after it. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** So far back, the first pull looks for orders that are due later. */
const OPEN_FOR_MS = 30 * DAY_MS;
export const ORDERS = '/v2/orders';

const Found = z.object({ orders: z.array(z.unknown()).default([]), cursor: z.string().optional() });

/**
 * Everything that the location changed since the cursor, by Square's clock.
 *
 * @param cursor ms since 1970 of the last change that is stored; 0: there was none yet; null: orders that are open, and
 *   changed within a day of the newest or are due after it
 */
export async function* pull(client: ServiceClient, cursor: string | null, shop: Shop): AsyncGenerator<Page> {
  let last = Number(cursor);
  if (last === 0) {
    const { orders } = await search(client, shop, { order: 'DESC', limit: 1 });
    if (orders.length === 0) return yield { orders: [], cursor: '0' };
    const newest = Math.max(...orders.map(updatedAt));
    if (cursor === null) return yield await firstPage(client, shop, newest);
    last = newest - DAY_MS;
  }
  let since = last - OVERLAP_MS;
  for (let after: string | undefined; ; ) {
    const { orders, next } = await search(client, shop, { since, after });
    last = Math.max(last, ...orders.map(updatedAt));
    yield { orders: orders.map((order) => mapOrder(order, shop)), cursor: String(last) };
    if (next === undefined || next === after) return;
    // An order that changes meanwhile leaves its page, and one behind it moves up: so go on by time, and by their cursor only
    // within a millisecond.
    const reached = Math.max(since, ...orders.map(updatedAt));
    if (reached > since) {
      since = reached;
      after = undefined;
    } else after = next;
  }
}

/** One page: cut short, it must begin again, for what was paid at the till before it is not to be cooked. */
async function firstPage(client: ServiceClient, shop: Shop, newest: number): Promise<Page> {
  const orders: TheirOrder[] = [];
  for (let after: string | undefined; ; ) {
    const page = await search(client, shop, { since: newest - OPEN_FOR_MS, onlyOpen: true, after });
    for (const order of page.orders) {
      const theirs = mapOrder(order, shop);
      const { state } = theirs;
      if (order.state === 'COMPLETED' || state.kind !== 'order' || !isOpen(state.status)) continue;
      if (updatedAt(order) >= newest - DAY_MS || Date.parse(state.draft.dueAt ?? '') > newest) orders.push(theirs);
    }
    if (page.next === undefined || page.next === after) break;
    after = page.next;
  }
  return { orders, cursor: String(newest) };
}

/** The order as it is now; null: there is none. One that cannot be read alone may be among the newest changes. */
export async function read(client: ServiceClient, id: string, shop: Shop): Promise<SquareOrder | null> {
  try {
    const { order } = (await client.call('GET', `${ORDERS}/${id}`)) as { order?: unknown };
    return SquareOrder.safeParse(order).data ?? null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { orders } = await search(client, shop, { order: 'DESC' });
    const found = orders.find((one) => one.id === id);
    if (!found && error.status !== 404) throw error;
    return found ?? null;
  }
}

interface Search {
  since?: number;
  onlyOpen?: boolean;
  order?: 'ASC' | 'DESC';
  after?: string | undefined;
  limit?: number;
}

/** Skips what is not an order: it must not stop the others. */
async function search(
  client: ServiceClient,
  { locationId }: Shop,
  { since, onlyOpen, order = 'ASC', after, limit = PER_PAGE }: Search,
): Promise<{ orders: SquareOrder[]; next: string | undefined }> {
  const answer = await client.call('POST', `${ORDERS}/search`, {
    body: {
      location_ids: [locationId],
      query: {
        filter: {
          ...(since !== undefined && {
            date_time_filter: { updated_at: { start_at: new Date(Math.max(0, since)).toISOString() } },
          }),
          ...(onlyOpen && { state_filter: { states: ['OPEN'] } }),
        },
        sort: { sort_field: 'UPDATED_AT', sort_order: order },
      },
      limit,
      ...(after !== undefined && { cursor: after }),
    },
  });
  const { success, data } = Found.safeParse(answer);
  if (!success) throw new Later('Square’s answer is not a list of orders');
  const orders = data.orders.flatMap((one) => {
    const { success: isOrder, data: found } = SquareOrder.safeParse(one);
    return isOrder ? [found] : [];
  });
  return { orders, next: data.cursor || undefined };
}
