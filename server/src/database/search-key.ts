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
