import type { Fonts } from './fonts.ts';

/** A piece of text that one font draws. */
export interface TextRun {
  text: string;
  family: string;
  /** Letter size, dots. */
  size: number;
}

/** How wide a run is, dots. */
export type Measure = (run: TextRun) => number;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (c) => ENTITIES[c] ?? c);

/** A run as SVG, its base line at `y`. `end`: it ends at `x`. */
export function svgOfRun({ text, family, size }: TextRun, x: number, y: number, fill: string, end = false): string {
  const anchor = end ? ' text-anchor="end"' : '';
  return `<text xml:space="preserve" x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-family="${family}" fill="${fill}"${anchor}>${escaped(text)}</text>`;
}

/** A text in pieces that one font draws; a space or a mark belongs to what stands before it. */
export function runsOf(text: string, size: number, fonts: Fonts): TextRun[] {
  const runs: TextRun[] = [];
  for (const letter of text) {
    const last = runs.at(-1);
    const family = fonts.familyOf(letter) ?? last?.family ?? null;
    if (last && (family === last.family || family === null)) last.text += letter;
    else runs.push({ family: family ?? 'Paper0', text: letter, size });
  }
  return runs;
}
