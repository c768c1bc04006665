import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Colour with alpha, 8 bits each, row by row from the top. */
export interface Pixels {
  size: number;
  rgba: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** The raw rows as PNG wants them: each with filter 0 before it. */
export function rowsOf({ size, rgba }: Pixels): Buffer {
  const rows = Array.from({ length: size }, (_, y) => [0, ...rgba.subarray(y * size * 4, (y + 1) * size * 4)]);
  return Buffer.from(rows.flat());
}

/** The raw rows in a PNG of ours: header, one IDAT, end. */
export function rowsIn(file: Buffer): Buffer {
  const at = file.indexOf('IDAT', 0, 'latin1');
  return inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
}

/** A square PNG, 8 bits of red, green, blue and alpha (W3C PNG, 11). */
export function png(pixels: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.size, 0);
  header.writeUInt32BE(pixels.size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rowsOf(pixels), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]);
}
