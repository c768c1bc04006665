import { crc32 } from 'node:zlib';

/** The CRC-32 of a row's values, stored in its column `checksum`. It detects damage by a disk, not forgery. */
export const rowChecksum = (values: readonly unknown[]): number => crc32(JSON.stringify(values));
