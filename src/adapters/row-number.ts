/**
 * SQL of the number that the next row of an AUTOINCREMENT table gets. Every insert gives it, since the row's checksum covers
 * it. SQLite's own note of the last number has no checksum: one that is too large to count on is ignored.
 */
export const nextNumber = (table: string, column = 'id'): string =>
  `(SELECT max(
     coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}' AND seq < ${Number.MAX_SAFE_INTEGER}), 0),
     coalesce((SELECT max(${column}) FROM ${table}), 0)) + 1)`;

/** The numbers of rows that differ from this one in one bit. */
export function numbersNear(number: unknown): number[] {
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return [];
  return Array.from({ length: 53 }, (_, bit) => Number(BigInt(number) ^ (1n << BigInt(bit)))).filter((one) => one > 0);
}
