import { readFileSync, writeFileSync } from 'node:fs';

const LEAF = 0x0d;
/** Before the first page's own header is that of the file. */
const FILE_HEADER = 100;

/** The bytes of the variable-length integer there: https://www.sqlite.org/fileformat2.html#record_format */
function varintAt(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  let end = start;
  for (;;) {
    const byte = bytes.readUInt8(end++);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end };
  }
}

/**
 * Flips one bit of a row's number in a closed SQLite file. Bit 0 is the lowest, and seven bits are in a byte.
 *
 * @param contents text near the beginning of the row, and in no other row with this number
 * @throws Error if there is no such row, or its number has no such bit
 */
export function flipNumber(file: string, number: number, contents: string, bit: number): void {
  const bytes = readFileSync(file);
  const size = bytes.readUInt16BE(16);
  for (let page = 0; page < bytes.length; page += size) {
    const header = page === 0 ? FILE_HEADER : page;
    if (bytes.readUInt8(header) !== LEAF) continue;
    for (let cell = 0; cell < bytes.readUInt16BE(header + 3); cell++) {
      const start = page + bytes.readUInt16BE(header + 8 + 2 * cell);
      const payload = varintAt(bytes, start);
      const { value, end } = varintAt(bytes, payload.end);
      if (value !== number || !bytes.subarray(end, end + payload.value).includes(contents)) continue;
      const at = end - 1 - Math.floor(bit / 7);
      if (at < payload.end) throw new Error(`number ${number} has no bit ${bit}`);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 7)), at);
      writeFileSync(file, bytes);
      return;
    }
  }
  throw new Error(`no row ${number} with ${contents}`);
}
