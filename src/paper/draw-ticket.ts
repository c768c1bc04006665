import { renderAsync } from '@resvg/resvg-js';
import { type Bitmap, stack, toBitmap } from './bitmap.ts';
import { type Fonts, loadFonts } from './fonts.ts';
import type { TicketLine } from './ticket-lines.ts';
import { UNKNOWN_LETTER } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** Letter sizes in dots on paper 576 dots wide, 8 dots to a millimetre. */
const SIZES = { heading: 64, number: 96, dish: 42, small: 28 } as const;
/** Rows of dots that are drawn at a time, so that an order of 200 items needs no more memory than one of ten. */
const PAGE_ROWS = 2_000;
const RTL = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

interface Row {
  height: number;
  /** SVG, its top at zero. */
  svg: string;
}

/**
 * Draws lines on paper `width` dots wide (a multiple of 8). A letter that no font has is drawn as `[?]`, and `footnote` says
 * so at the foot. Off the main thread.
 */
export async function drawTicket(lines: readonly TicketLine[], width: number, footnote: string): Promise<Bitmap> {
  const fonts = loadFonts();
  const known = lines.map((line) => ({ ...line, text: knownLetters(line.text, fonts) }));
  if (known.some(({ text }, i) => text !== lines[i]?.text)) known.push({ text: footnote, size: 'small' });
  const rows = known.flatMap((line) => rowsOf(line, width, fonts));
  const bitmaps: Bitmap[] = [];
  for (let i = 0; i < rows.length; ) {
    let svg = '';
    let y = 0;
    for (; i < rows.length && (y === 0 || y < PAGE_ROWS); i++) {
      svg += `<g transform="translate(0 ${y})">${rows[i]?.svg}</g>`;
      y += rows[i]?.height ?? 0;
    }
    bitmaps.push(await render(svg, width, y, fonts));
  }
  return stack(bitmaps);
}

async function render(body: string, width: number, height: number, fonts: Fonts): Promise<Bitmap> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g font-weight="700">${body}</g></svg>`;
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fonts.paths, defaultFontFamily: 'Paper0' },
  });
  return toBitmap(image.pixels, width, height);
}

const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
const knownLetters = (text: string, fonts: Fonts) =>
  Array.from(text, (letter) =>
    IGNORABLE.test(letter) || fonts.has(letter.codePointAt(0) ?? 0) ? letter : UNKNOWN_LETTER,
  ).join('');

/** Half size on an impact printer (200 dots); on 58 mm paper a fifth smaller. */
const scaleOf = (width: number) => (width < 300 ? 0.5 : width < 500 ? 0.8 : 1);

function rowsOf(
  { text, size, lead = '', inverse = false, rule = false }: TicketLine,
  width: number,
  fonts: Fonts,
): Row[] {
  const scale = scaleOf(width);
  if (rule) {
    const height = Math.round(20 * scale);
    return [{ height, svg: `<rect x="0" y="${height / 2}" width="${width}" height="${Math.ceil(3 * scale)}"/>` }];
  }
  const letter = Math.round(SIZES[size] * scale);
  const height = Math.round(letter * 1.36);
  const margin = Math.round(8 * scale);
  const left = lead === '' ? margin : margin + Math.ceil((fonts.widthOf(lead.trim()) + 0.35 + indentOf(lead)) * letter);
  const room = width - left - margin;
  const rtl = RTL.test(text);
  // resvg gives a decomposed SARA AM the width of its first half.
  const drawable = text.replace(/([\u0e48-\u0e4b]?)\u0e33/gu, '\u0e4d$1\u0e32');
  return wrapText(drawable, (row) => fonts.widthOf(row) * letter <= room).map((row, i) => {
    const base = Math.round(letter * 1.06);
    const fill = inverse ? '#fff' : '#000';
    const box = inverse ? `<rect x="${lead === '' ? 0 : left - margin}" width="${width}" height="${height}"/>` : '';
    const mark =
      i === 0 && lead !== ''
        ? ltrAt(lead.trim(), margin + Math.round(indentOf(lead) * letter), base, letter, '#000', fonts)
        : '';
    const words = rtl
      ? rtlAt(row, width - margin, base, letter, fill, fonts)
      : ltrAt(row, left, base, letter, fill, fonts);
    return { height, svg: box + mark + words };
  });
}

const indentOf = (lead: string) => (lead.length - lead.trimStart().length) * 0.25;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (c) => ENTITIES[c] ?? c);

/** Each run in its font stands by itself: resvg loses letters when it looks for fonts within a word (Thai, Vietnamese). */
function ltrAt(text: string, x: number, y: number, size: number, fill: string, fonts: Fonts): string {
  let at = x;
  return runsOf(text, fonts)
    .map(({ family, text: run }) => {
      const svg = `<text xml:space="preserve" x="${at.toFixed(1)}" y="${y}" font-size="${size}" font-family="${family}" fill="${fill}">${escaped(run)}</text>`;
      at += fonts.widthOf(run) * size;
      return svg;
    })
    .join('');
}

/** Letters and figures that run to the right, with what stands between them; or all up to the next of these. */
const DIRECTIONS =
  /[[\p{L}\p{N}]--[\p{Script=Arabic}\p{Script=Hebrew}]](?:[^\p{Script=Arabic}\p{Script=Hebrew}]*[[\p{L}\p{N}]--[\p{Script=Arabic}\p{Script=Hebrew}]])?|[^[\p{L}\p{N}]--[\p{Script=Arabic}\p{Script=Hebrew}]]+/gv;
const RUNS_RIGHT = /^[[\p{L}\p{N}]--[\p{Script=Arabic}\p{Script=Hebrew}]]/v;
const MIRRORED: Record<string, string> = { '(': ')', ')': '(', '[': ']', ']': '[' };

/** A row that starts at `right` and runs to the left, but for its Latin words and figures. */
function rtlAt(text: string, right: number, y: number, size: number, fill: string, fonts: Fonts): string {
  let at = right;
  let svg = '';
  for (const [piece] of text.matchAll(DIRECTIONS)) {
    if (RUNS_RIGHT.test(piece)) {
      at -= fonts.widthOf(piece) * size;
      svg += ltrAt(piece, at, y, size, fill, fonts);
      continue;
    }
    for (const { family, text: run } of runsOf(piece, fonts)) {
      const shown = RTL.test(run)
        ? run
        : [...run]
            .reverse()
            .map((letter) => MIRRORED[letter] ?? letter)
            .join('');
      // resvg puts a space at the end of a run to its right.
      const spaces = run.length - run.trimStart().length;
      const x = at - spaces * fonts.widthOf(' ') * size;
      svg += `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-family="${family}" fill="${fill}" text-anchor="end">${escaped(shown.trim())}</text>`;
      at -= fonts.widthOf(run) * size;
    }
  }
  return svg;
}

/** A text in pieces that one font draws; a space or a mark belongs to what stands before it. */
function runsOf(text: string, fonts: Fonts): { family: string; text: string }[] {
  const runs: { family: string; text: string }[] = [];
  for (const letter of text) {
    const last = runs.at(-1);
    const family = fonts.familyOf(letter) ?? last?.family ?? null;
    if (last && (family === last.family || family === null)) last.text += letter;
    else runs.push({ family: family ?? 'Paper0', text: letter });
  }
  return runs;
}
