import { type Pixels, png } from './png.ts';

/** What macOS calls each size, px; the same pixels serve a size at 1× and half of it at 2×. */
const TYPES: Record<number, readonly string[]> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};
export const ICNS_SIZES = Object.keys(TYPES).map(Number);

/** A macOS icon: a list of PNGs, each behind its type and length. */
export function icns(pictures: readonly Pixels[]): Buffer {
  const parts = pictures.flatMap((pixels) => {
    const body = png(pixels);
    return (TYPES[pixels.size] ?? []).map((type) => Buffer.concat([head(type, body.length), body]));
  });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([head('icns', length), ...parts]);
}

function head(type: string, length: number): Buffer {
  const bytes = Buffer.from(`${type}----`, 'latin1');
  bytes.writeUInt32BE(length + 8, 4);
  return bytes;
}
