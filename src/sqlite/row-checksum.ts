import { crc32 } from 'node:zlib';

/** The CRC-32 of a row's values, stored in its column `checksum`. It detects damage by a disk, not forgery. */
export const rowChecksum = (values: readonly unknown[]): number => crc32(JSON.stringify(values));

/** Of better-sqlite3. */
interface Connection {
  function(
    name: string,
    options: { varargs: boolean; deterministic: boolean },
    run: (...values: unknown[]) => number,
  ): unknown;
}

/** Adds the SQL function `row_checksum(value, …)`, {@link rowChecksum}. */
export function addRowChecksum(db: Connection): void {
  db.function('row_checksum', { varargs: true, deterministic: true }, (...values) => rowChecksum(values));
}

/** SQL that selects the rows of a table that do not match their checksum. Indexes, which repeat columns, are not read. */
export const selectDamaged = (table: string, columns: readonly string[]): string =>
  `SELECT * FROM ${table} NOT INDEXED WHERE checksum <> row_checksum(${columns.join(', ')})`;
