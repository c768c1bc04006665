import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dialectOf } from './dialect-of.ts';
import type { Tables } from './tables.ts';

/**
 * Search keys sort orders by the ms of their creation and then by arrival. Their low bits count the orders of a ms. They are
 * 64-bit integers, which a JavaScript number cannot hold.
 */
const ARRIVAL_BITS = 20n;

/** The lowest key of orders created at this time (ISO); of an unreadable time, 0. */
export function firstSearchKey(createdAt: string): bigint {
  const ms = Date.parse(createdAt);
  return Number.isNaN(ms) ? 0n : BigInt(ms) << ARRIVAL_BITS;
}

/** Greater than every key of orders created at this time or before it. */
export const searchKeyAfter = (createdAt: string): bigint => firstSearchKey(createdAt) + (1n << ARRIVAL_BITS);

/**
 * The key of an order that is inserted now, after those of the same ms.
 *
 * @param first the {@link firstSearchKey} of when it was created
 * @param after the {@link searchKeyAfter} of that
 */
export function nextSearchKey(db: Kysely<Tables>, first: bigint, after: bigint): RawBuilder<bigint> {
  // Other transactions insert at the same time: only a sequence gives each of them another number.
  if (dialectOf(db) === 'postgres')
    return sql<bigint>`${first} + (nextval('search_keys') & ${sql.lit((1 << Number(ARRIVAL_BITS)) - 1)})`;
  return sql<bigint>`(select coalesce(max(search_key) + 1, ${first}) from orders
    where search_key >= ${first} and search_key < ${after})`;
}
