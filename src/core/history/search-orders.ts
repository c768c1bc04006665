import type { BridgeError } from '#contract/bridge.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { Order } from '#contract/order.ts';
import { isFiltering, passes } from '#contract/order-filter.ts';
import type { SearchQuery } from '#contract/search.ts';
import { searchedFor } from '#contract/search-text.ts';
import type { SearchPage, Ticket } from '#contract/ticket.ts';
import type { DisplayCore } from '../display-core.ts';
import type { ServerApi } from '../link/server-api.ts';
import { ServerError } from '../link/server-error.ts';

/** Orders on a page. A filtered page ends with the slice that fills it, or after examining so many orders. */
const PAGE = 50;
const LOOKED_AT = 600;
/** Slice size of a filtered search: small for the copy, because reading it blocks; the maximum for the server. */
const COPY_SLICE = 100;
const SERVER_SLICE = 200;

type Parts = Pick<DisplayCore, 'board' | 'link' | 'now' | 'searchCopy' | 'windowDays'>;
interface Slice {
  orders: readonly Order[];
  /** Where the next page continues; null: that was all. */
  next: string | null;
}

/** One page of a search through the copy or the server (contract, section 5), each order as this display shows it (S5). */
export async function searchOrders(core: Parts, query: SearchQuery): Promise<Result<SearchPage, BridgeError>> {
  const link = core.link();
  if (query.from === 'copy')
    return ok({ ...(await page(core, query, (before) => copySlice(core, query, before))), days: core.windowDays() });
  if (!link) return fail('unavailable', 'This display is not connected to a server yet.');
  try {
    return ok({ ...(await page(core, query, (before) => serverSlice(link.api, query, before))), days: null });
  } catch (error) {
    if (error instanceof ServerError) return fail('unavailable', error.message);
    throw error;
  }
}

async function page(core: Parts, { filter, before }: SearchQuery, slice: (before: string | null) => Promise<Slice>) {
  const tickets: Ticket[] = [];
  let at = before;
  for (let looked = 0; looked < LOOKED_AT; ) {
    const { orders, next } = await slice(at);
    for (const order of orders) {
      const ticket = core.board.ticketOf(order);
      if (passes(ticket.order, filter, ticket.lateAt, core.now())) tickets.push(ticket);
    }
    // The server may examine many orders and return none.
    looked += Math.max(orders.length, PAGE);
    at = next;
    if (next === null || tickets.length >= PAGE) break;
  }
  return { tickets, nextBefore: at };
}

async function copySlice(core: Parts, { q, filter }: SearchQuery, before: string | null): Promise<Slice> {
  const [, createdAt, id] = /^(\S+) (.+)$/.exec(before ?? '') ?? [];
  const place = createdAt && id ? { createdAt, id } : null;
  const limit = isFiltering(filter) ? COPY_SLICE : PAGE;
  const orders = core.searchCopy({ texts: searchedFor(q.trim()), before: place, limit });
  const last = orders.at(-1);
  return { orders, next: last && orders.length === limit ? `${last.createdAt} ${last.id}` : null };
}

async function serverSlice(api: ServerApi, { q, filter }: SearchQuery, before: string | null): Promise<Slice> {
  const limit = isFiltering(filter) ? SERVER_SLICE : PAGE;
  const { orders, nextBefore } = await api.orders({ q: q.trim(), status: filter.statuses.join(','), before, limit });
  return { orders, next: nextBefore };
}
