import { DAY_MS, MINUTE_MS } from '#contract/local-time.ts';
import type { Page, TheirOrder } from '../adapter.ts';
import { Later } from '../service-client.ts';
import type { Ask } from './graphql.ts';
import { mapOrder, type Shop } from './map-order.ts';
import { Lines, MORE_LINES, ORDER_FIELDS, OrderPage, ShopifyOrder } from './shopify-order.ts';

const OVERLAP_MS = 2 * MINUTE_MS;
const PAGE = `query ($query: String!, $after: String, $reverse: Boolean!) {
  orders(first: 5, query: $query, after: $after, sortKey: UPDATED_AT, reverse: $reverse) {
    nodes { ${ORDER_FIELDS} } pageInfo { hasNextPage endCursor }
  }
}`;
const ONE = `query ($id: ID!) { order(id: $id) { ${ORDER_FIELDS} } }`;

/**
 * Everything that the shop changed since the cursor, by its own clock.
 *
 * @param cursor ms since 1970 of the last change that is stored; null: what changed within a day of the newest
 */
export async function* pull(ask: Ask, cursor: string | null, shop: Shop): AsyncGenerator<Page> {
  let last = Number(cursor);
  if (cursor === null) {
    const { orders } = await read(ask, 0, null, true, shop);
    if (orders.length === 0) return;
    last = Math.max(...orders.map(({ mark }) => mark)) - DAY_MS;
  }
  const since = last - OVERLAP_MS;
  for (let after: string | null = null; ; ) {
    const { orders, next } = await read(ask, since, after, false, shop);
    last = Math.max(last, ...orders.map(({ mark }) => mark));
    yield { orders, cursor: String(last) };
    if (next === null || next === after) return;
    after = next;
  }
}

export async function look(ask: Ask, id: string, shop: Shop): Promise<TheirOrder | null> {
  const { order } = await ask(ONE, { id: `gid://shopify/Order/${id}` });
  const { success, data } = ShopifyOrder.safeParse(order);
  return success ? mapOrder(await withAllLines(ask, data), shop) : null;
}

async function read(ask: Ask, since: number, after: string | null, reverse: boolean, shop: Shop) {
  const query = `updated_at:>='${new Date(Math.max(0, since)).toISOString().slice(0, 19)}Z'`;
  const page = OrderPage.safeParse((await ask(PAGE, { query, after, reverse })).orders);
  if (!page.success) throw new Later('Shopify’s answer is not a list of orders');
  const { nodes, pageInfo } = page.data;
  const orders: TheirOrder[] = [];
  for (const node of nodes) {
    const { success, data } = ShopifyOrder.safeParse(node);
    if (success) orders.push(mapOrder(await withAllLines(ask, data), shop));
  }
  return { orders, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
}

async function withAllLines(ask: Ask, order: ShopifyOrder): Promise<ShopifyOrder> {
  const nodes = [...order.lineItems.nodes];
  let { pageInfo } = order.lineItems;
  while (pageInfo.hasNextPage && pageInfo.endCursor) {
    const found = (await ask(MORE_LINES, { id: order.id, after: pageInfo.endCursor })).order as {
      lineItems?: unknown;
    } | null;
    const more = Lines.parse(found?.lineItems);
    nodes.push(...more.nodes);
    pageInfo = more.pageInfo;
  }
  return { ...order, lineItems: { nodes, pageInfo } };
}
