/** A picture of black and white: rows of `width / 8` bytes, the left dot in the highest bit, 1 is black. */
export interface Bitmap {
  /** Dots; a multiple of 8. */
  width: number;
  height: number;
  data: Buffer;
}

/** Black where the picture is darker than half; letters are not dithered. `rgba`: four bytes a dot, opaque. */
export function toBitmap(rgba: Buffer, width: number, height: number): Bitmap {
  const stride = width / 8;
  const data = Buffer.alloc(stride * height);
  for (let i = 0; i < width * height; i++) {
    if ((rgba[i * 4] ?? 255) >= 128) continue;
    const at = Math.floor(i / width) * stride + ((i % width) >> 3);
    data[at] = (data[at] ?? 0) | (0x80 >> ((i % width) & 7));
  }
  return { width, height, data };
}

/** Pictures of one width, one below the other. */
export function stack(bitmaps: readonly Bitmap[]): Bitmap {
  return {
    width: bitmaps[0]?.width ?? 8,
    height: bitmaps.reduce((sum, { height }) => sum + height, 0),
    data: Buffer.concat(bitmaps.map(({ data }) => data)),
  };
}
