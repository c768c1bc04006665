import { crc32 } from 'node:zlib';

/** The CRC-32 of a row's columns, stored in its `checksum`. It detects damage by a disk, not forgery. */
export const rowChecksum = (columns: readonly (string | number | null)[]): number => crc32(JSON.stringify(columns));
