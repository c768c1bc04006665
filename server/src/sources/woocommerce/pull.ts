import { DAY_MS, MINUTE_MS } from '#contract/local-time.ts';
import type { Page } from '../adapter.ts';
import { Later, Refused, type ServiceClient } from '../service-client.ts';
import { mapOrder, type Shop } from './map-order.ts';
import { modifiedAt, WooOrder } from './woo-order.ts';

const PER_PAGE = 100;
/** Orders that were saved in the same moment as one that we have may become visible later. */
const OVERLAP_MS = 2 * MINUTE_MS;
const SECOND_MS = 1_000;
export const ORDERS = '/wp-json/wc/v3/orders';

/**
 * Everything that the shop changed since the cursor, by its own clock, which may be hours off.
 *
 * @param cursor ms since 1970 of the last change that is stored; null: what changed within a day of the newest
 */
export async function* pull(client: ServiceClient, cursor: string | null, shop: Shop): AsyncGenerator<Page> {
  let last = cursor === null ? await dayBeforeNewest(client) : Number(cursor);
  if (last === null) return;

  let since = last - OVERLAP_MS;
  let page = 1;
  let before = '';
  for (;;) {
    const { orders, isFull } = await read(client, since, 'asc', page);
    const ids = orders.map(({ id }) => id).join();
    // A cache before the shop that ignores the page must not keep us here.
    if (page > 1 && ids === before) return;
    before = ids;
    last = Math.max(last, ...orders.map(modifiedAt));
    yield { orders: orders.map((order) => mapOrder(order, shop)), cursor: String(last) };
    if (!isFull) return;
    // An order that changes meanwhile moves to the end, and one behind it to the page before: so go on by time, and by page only
    // within a second. `modified_after` leaves out its own second.
    const reached = Math.max(since, ...orders.map(modifiedAt)) - SECOND_MS;
    if (reached > since) {
      since = reached;
      page = 1;
    } else page += 1;
  }
}

async function dayBeforeNewest(client: ServiceClient): Promise<number | null> {
  const { orders } = await read(client, 0, 'desc', 1);
  return orders.length === 0 ? null : Math.max(...orders.map(modifiedAt)) - DAY_MS;
}

/** The order as it is now; null: there is none. One that is not shown alone may be among the newest changes. */
export async function find(client: ServiceClient, id: string): Promise<WooOrder | null> {
  try {
    return WooOrder.safeParse(await client.call('GET', `${ORDERS}/${id}`)).data ?? null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { orders } = await read(client, 0, 'desc', 1);
    const found = orders.find((order) => String(order.id) === id);
    if (!found && error.status !== 404) throw error;
    return found ?? null;
  }
}

interface Read {
  orders: WooOrder[];
  /** Full pages have a next one. */
  isFull: boolean;
}

/** Skips what is not an order: one that a plugin broke must not stop the others. */
async function read(client: ServiceClient, since: number, order: 'asc' | 'desc', page: number): Promise<Read> {
  const answer = await client.call('GET', ORDERS, {
    query: {
      modified_after: new Date(Math.max(0, since)).toISOString().slice(0, 19),
      dates_are_gmt: true,
      orderby: 'modified',
      order,
      per_page: PER_PAGE,
      page,
    },
  });
  if (!Array.isArray(answer)) throw new Later('the shop’s answer is not a list of orders');
  const orders = answer.flatMap((one) => {
    const { success, data } = WooOrder.safeParse(one);
    return success ? [data] : [];
  });
  return { orders, isFull: answer.length >= PER_PAGE };
}
