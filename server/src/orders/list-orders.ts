import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Order } from '#contract/order.ts';
import { foldText, searchedFor } from '#contract/search-text.ts';
import type { Status } from '#contract/status.ts';
import { readAtOnce } from '../database/read-at-once.ts';
import type { Tables } from '../database/tables.ts';
import type { OrderQuery } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { ordersFromRows, type Replacements, STORED_ORDER, type StoredOrder } from './order-rows.ts';

/** Orders that a search examines before it yields to other work. */
const SLICE = 1_000;

type Place = Pick<StoredOrder, 'id' | 'created_at'>;

/**
 * Newest first by `createdAt`, then by id; `nextBefore` is where the next page continues. Refuses with
 * `invalid_request` if `before` is invalid. Throws `DamagedOrders` unless there are replacements.
 */
export async function listOrders(
  db: Kysely<Tables>,
  query: OrderQuery,
  replacements: Replacements,
): Promise<{ orders: Order[]; nextBefore: string | null }> {
  const after = query.before === undefined ? undefined : placeOf(query.before);
  const rows = query.q ? await found(db, query, searchedFor(query.q), after) : await newest(db, query, after);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    orders: ordersFromRows(page, replacements),
    nextBefore: rows.length > query.limit && last ? markOf(last) : null,
  };
}

/**
 * One row more than a page. Queries each store and status separately, because only then is the index by status in time
 * order.
 */
async function newest(db: Kysely<Tables>, query: OrderQuery, after: Place | undefined): Promise<StoredOrder[]> {
  return readAtOnce(db).execute(async (tx) => {
    const { status } = query;
    const storeIds = status && query.storeId === null ? await allStores(tx) : [query.storeId];
    const places: Place[] = [];
    for (const storeId of storeIds)
      for (const one of status ? new Set(status) : [undefined])
        places.push(
          ...(await selection(tx, { ...query, storeId }, one && [one], after)
            .select(['id', 'created_at'])
            .limit(query.limit + 1)
            .execute()),
        );
    return rowsAt(tx, places.sort(newestFirst).slice(0, query.limit + 1));
  });
}

async function allStores(db: Kysely<Tables>): Promise<string[]> {
  return (await db.selectFrom('stores').select('id').execute()).map(({ id }) => id);
}

/** The same for a search: examines all orders if necessary, in slices, so that no new order waits for it. */
async function found(
  db: Kysely<Tables>,
  query: OrderQuery,
  texts: string[],
  after: Place | undefined,
): Promise<StoredOrder[]> {
  const places: Place[] = [];
  for (let from = after; ; await nextTurn()) {
    const slice = await selection(db, query, query.status, from)
      .select(['id', 'created_at', 'search'])
      .limit(SLICE)
      .execute();
    // Folded again, since rows of an earlier version kept their accents; folding twice costs little.
    places.push(...slice.filter(({ search }) => hasOne(foldText(search), texts)));
    if (places.length > query.limit || slice.length < SLICE) break;
    from = slice.at(-1);
  }
  return rowsAt(db, places.slice(0, query.limit + 1));
}

async function rowsAt(db: Kysely<Tables>, places: readonly Place[]): Promise<StoredOrder[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id);
  const rows = await db.selectFrom('orders').select(STORED_ORDER).where('id', 'in', ids).execute();
  return rows.sort(newestFirst);
}

function selection(
  db: Kysely<Tables>,
  { storeId, from, to }: OrderQuery,
  status: Status[] | undefined,
  after: Place | undefined,
) {
  let rows = db.selectFrom('orders').orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (storeId !== null) rows = rows.where('store_id', '=', storeId);
  if (status) rows = rows.where('status', 'in', status);
  if (from !== undefined) rows = rows.where('created_at', '>=', from);
  if (to !== undefined) rows = rows.where('created_at', '<=', to);
  if (after) rows = rows.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.created_at, after.id)));
  return rows;
}

const hasOne = (search: string, texts: readonly string[]): boolean => texts.some((text) => search.includes(text));

const newestFirst = (a: Place, b: Place): number =>
  a.created_at === b.created_at ? compare(b.id, a.id) : compare(b.created_at, a.created_at);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const markOf = ({ created_at, id }: Place): string => Buffer.from(`${created_at} ${id}`).toString('base64url');

function placeOf(before: string): Place {
  const [, created_at, id] = /^(\S+Z) (\S+)$/.exec(Buffer.from(before, 'base64url').toString()) ?? [];
  if (created_at === undefined || id === undefined)
    throw new ServiceError('invalid_request', 'before is not the nextBefore of a page.', {
      details: [{ path: 'before', message: 'must be the nextBefore of the page before' }],
    });
  return { created_at, id };
}
