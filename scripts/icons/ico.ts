import { type Pixels, png } from './png.ts';

/** A Windows icon with one picture per size: as bitmaps, which everything reads, and the largest as PNG, as Windows wants it. */
export function ico(pictures: readonly Pixels[]): Buffer {
  const bodies = pictures.map((pixels) => (pixels.size >= 256 ? png(pixels) : bitmap(pixels)));
  const head = Buffer.alloc(6);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size }, i) => {
    const entry = Buffer.alloc(16);
    // 0 stands for 256.
    entry.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0]);
    entry.writeUInt32LE(bodies[i]?.length ?? 0, 8);
    entry.writeUInt32LE(offset, 12);
    offset += bodies[i]?.length ?? 0;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...bodies]);
}

/** A `BITMAPINFOHEADER`, rows from the bottom, blue first, then an empty mask: the alpha says it all. */
function bitmap({ size, rgba }: Pixels): Buffer {
  const head = Buffer.alloc(40);
  head.writeUInt32LE(40, 0);
  head.writeInt32LE(size, 4);
  head.writeInt32LE(size * 2, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(size * size * 4);
  for (let i = 0; i < size * size; i++) {
    const from = ((size - 1 - Math.floor(i / size)) * size + (i % size)) * 4;
    const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(from, from + 4);
    pixels.set([b, g, r, a], i * 4);
  }
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size);
  return Buffer.concat([head, pixels, mask]);
}
