import type { Bitmap } from './bitmap.ts';
import type { Fonts } from './fonts.ts';
import { renderStrips } from './render-svg.ts';
import { svgOfRun, type TextRun } from './text-run.ts';

/**
 * How wide runs of letters that join are, dots, in their order. They are narrower than their letters alone, and resvg does not
 * say by how much: draws each, and looks.
 */
export async function measureRuns(runs: readonly TextRun[], fonts: Fonts): Promise<number[]> {
  const widest = Math.max(0, ...runs.map(({ text, size }) => (fonts.widthOf(text) + 2) * size));
  const strips = runs.map(({ text, ...run }) => {
    const run0 = { ...run, text: text.trim() };
    return { height: 2 * run.size, svg: svgOfRun(run0, run.size, Math.round(1.3 * run.size), '#000') };
  });
  const widths: number[] = [];
  for await (const picture of renderStrips(strips, 8 * Math.ceil(widest / 8), fonts)) {
    for (let top = 0; top < picture.height; ) {
      const { text = '', size = 1 } = runs[widths.length] ?? {};
      const spaces = text.length - text.trim().length;
      // Letters have some room at their sides.
      widths.push(inkWidth(picture, top, top + 2 * size) + (spaces * fonts.widthOf(' ') + 0.08) * size);
      top += 2 * size;
    }
  }
  return widths;
}

/** From the first to the last column that has a black dot. */
function inkWidth({ width, data }: Bitmap, top: number, bottom: number): number {
  const stride = width / 8;
  const columns = Buffer.alloc(stride);
  for (let y = top; y < bottom; y++)
    for (let i = 0; i < stride; i++) columns[i] = (columns[i] ?? 0) | (data[y * stride + i] ?? 0);
  const isInk = (x: number) => (((columns[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) === 1;
  const inked = Array.from({ length: width }, (_, x) => x).filter(isInk);
  return (inked.at(-1) ?? -1) - (inked[0] ?? 0) + 1;
}
