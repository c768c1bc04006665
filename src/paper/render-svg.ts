import { renderAsync } from '@resvg/resvg-js';
import { type Bitmap, toBitmap } from './bitmap.ts';
import type { Fonts } from './fonts.ts';

/** Rows of dots that are drawn at a time, so that an order of 200 items needs no more memory than one of ten. */
const PAGE_ROWS = 2_000;

/** A piece of a picture, as high as its rows of dots. */
export interface Strip {
  height: number;
  /** SVG, its top at zero. */
  svg: string;
}

/** Draws strips one below the other, off the main thread, as pictures of some strips each. */
export async function* renderStrips(strips: readonly Strip[], width: number, fonts: Fonts): AsyncGenerator<Bitmap> {
  for (let i = 0; i < strips.length; ) {
    let svg = '';
    let y = 0;
    for (; i < strips.length && (y === 0 || y < PAGE_ROWS); i++) {
      svg += `<g transform="translate(0 ${y})">${strips[i]?.svg}</g>`;
      y += strips[i]?.height ?? 0;
    }
    yield render(svg, width, y, fonts);
  }
}

async function render(body: string, width: number, height: number, fonts: Fonts): Promise<Bitmap> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g font-weight="700">${body}</g></svg>`;
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fonts.paths, defaultFontFamily: 'Paper0' },
  });
  return toBitmap(image.pixels, width, height);
}
