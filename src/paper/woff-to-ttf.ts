import { inflateSync } from 'node:zlib';

/**
 * Unpacks a WOFF 1 font (W3C WOFF File Format 1.0): the same tables, each inflated, but for its name, which becomes `family`:
 * the subsets of one font have the same. Throws at anything else.
 */
export function woffToTtf(woff: Buffer, family: string): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1 font');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + i * 20;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(at + 8));
    const length = woff.readUInt32BE(at + 12);
    const tag = woff.subarray(at, at + 4);
    if (tag.toString('latin1') === 'name') return { tag, checksum: 0, data: nameTable(family) };
    return {
      tag,
      checksum: woff.readUInt32BE(at + 16),
      data: packed.length < length ? inflateSync(packed) : packed,
    };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const header = Buffer.alloc(12 + count * 16);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((count - power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  for (const [i, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + i * 16;
    tag.copy(header, at);
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(data.length, at + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  return Buffer.concat(parts);
}

/** Family, style, full and PostScript name in English (OpenType 1.9, `name`); readers do not check the table's checksum. */
function nameTable(family: string): Buffer {
  const records: [id: number, value: string][] = [
    [1, family],
    [2, 'Bold'],
    [4, family],
    [6, family],
  ];
  const head = Buffer.alloc(6 + records.length * 12);
  head.writeUInt16BE(records.length, 2);
  head.writeUInt16BE(head.length, 4);
  const values: Buffer[] = [];
  let offset = 0;
  for (const [i, [id, value]] of records.entries()) {
    const text = Buffer.from(value, 'utf16le').swap16();
    for (const [j, field] of [3, 1, 0x409, id, text.length, offset].entries())
      head.writeUInt16BE(field, 6 + i * 12 + j * 2);
    values.push(text);
    offset += text.length;
  }
  return Buffer.concat([head, ...values]);
}
