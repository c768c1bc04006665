import { type Kysely, sql } from 'kysely';
import type { Order } from '#contract/order.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { Tables } from '../database/tables.ts';
import type { OrderQuery } from '../service.ts';
import { ordersFromRows, type Replacements, STORED_ORDER } from './order-rows.ts';
import { markOf, type PageMark, textOfMark } from './page-mark.ts';
import { type Search, searchOrders } from './search-orders.ts';
import { SEARCH_KEY, selectOrders } from './select-orders.ts';

type Place = Pick<PageMark, 'id' | 'created_at'>;

/** The page ends before an order that would make it larger, unless that is its first. Large orders are 160 KiB each. */
const PAGE_BYTES = 1024 * 1024;

/**
 * Newest first by `createdAt`, then by id; `nextBefore` is where the next page continues. A page of a search or of large
 * orders may be shorter than `limit`. Refuses with `invalid_request` if `before` is invalid. Throws `DamagedOrders` unless
 * there are replacements, and the signal's reason when it aborts.
 */
export async function listOrders(
  db: Kysely<Tables>,
  query: OrderQuery,
  replacements: Replacements,
  signal?: AbortSignal,
): Promise<{ orders: Order[]; nextBefore: string | null }> {
  const after = query.before === undefined ? undefined : markOf(query.before);
  const { q } = query;
  const { rows, end } = q ? await found(db, { ...query, q }, after, signal) : await newest(db, query, after);
  return { orders: ordersFromRows(rows, replacements), nextBefore: end && textOfMark(end) };
}

async function found(db: Kysely<Tables>, query: Search, after: PageMark | undefined, signal: AbortSignal | undefined) {
  const { ids, end } = await searchOrders(db, query, after, signal);
  const { rows, isCut } = await readPage(db, ids);
  return { rows, end: isCut ? (rows.at(-1) ?? null) : end };
}

/** Queries each store and status separately, because only then is the index by status in time order. */
async function newest(db: Kysely<Tables>, query: OrderQuery, after: PageMark | undefined) {
  return readAtOnce(db).execute(async (tx) => {
    const { status, limit } = query;
    const storeIds = status && query.storeId === null ? await allStores(tx) : [query.storeId];
    const places: Place[] = [];
    for (const storeId of storeIds)
      for (const one of status ? new Set(status) : [undefined])
        places.push(
          ...(await selectOrders(tx, { ...query, storeId }, one && [one], after)
            .select(['id', 'created_at'])
            .limit(limit + 1)
            .execute()),
        );
    const ids = places.sort(newestFirst).map(({ id }) => id);
    const { rows, isCut } = await readPage(tx, ids.slice(0, limit));
    return { rows, end: isCut || ids.length > limit ? (rows.at(-1) ?? null) : null };
  });
}

async function allStores(db: Kysely<Tables>): Promise<string[]> {
  return (await db.selectFrom('stores').select('id').execute()).map(({ id }) => id);
}

/** In the order of the ids; `isCut`: not all fit. */
async function readPage(db: Kysely<Tables>, ids: readonly string[]) {
  if (ids.length === 0) return { rows: [], isCut: false };
  const all = db.selectFrom('orders').where('id', 'in', ids);
  const sizes = await all.select(['id', sql<number>`octet_length(body)`.as('bytes')]).execute();
  const bytes = new Map(sizes.map((row) => [row.id, row.bytes]));
  let sum = 0;
  const fitting = ids.filter((id, i) => {
    sum += bytes.get(id) ?? 0;
    return i === 0 || sum <= PAGE_BYTES;
  });
  const rows = await all
    .select([...STORED_ORDER, SEARCH_KEY])
    .where('id', 'in', fitting)
    .execute();
  const position = new Map(ids.map((id, i) => [id, i]));
  rows.sort((a, b) => (position.get(a.id) ?? 0) - (position.get(b.id) ?? 0));
  return { rows, isCut: fitting.length < ids.length };
}

const newestFirst = (a: Place, b: Place): number =>
  a.created_at === b.created_at ? compare(b.id, a.id) : compare(b.created_at, a.created_at);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
