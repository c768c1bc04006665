import { type Kysely, sql } from 'kysely';
import type { Status } from '#contract/status.ts';
import type { Tables } from '../database/tables.ts';
import type { OrderQuery } from '../service.ts';
import type { PageMark } from './page-mark.ts';

/** As decimal digits, because it may be greater than 2^53. */
export const SEARCH_KEY = sql<string>`cast(search_key as text)`.as('search_key');

/** Orders, newest first, of a store and statuses, after a mark. */
export function selectOrders(
  db: Kysely<Tables>,
  { storeId, customerRef, from, to }: OrderQuery,
  status: Status[] | undefined,
  after: PageMark | undefined,
) {
  let rows = db.selectFrom('orders').orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (storeId !== null) rows = rows.where('store_id', '=', storeId);
  if (customerRef !== undefined) rows = rows.where('customer_ref', '=', customerRef);
  if (status) rows = rows.where('status', 'in', status);
  if (from !== undefined) rows = rows.where('created_at', '>=', from);
  if (to !== undefined) rows = rows.where('created_at', '<=', to);
  if (after) rows = rows.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.created_at, after.id)));
  return rows;
}
