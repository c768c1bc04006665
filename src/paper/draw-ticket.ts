import { type Bitmap, stack } from './bitmap.ts';
import { type Fonts, loadFonts } from './fonts.ts';
import { measureRuns } from './measure-runs.ts';
import { renderStrips, type Strip } from './render-svg.ts';
import { type Measure, runsOf, svgOfRun, type TextRun } from './text-run.ts';
import type { TicketLine } from './ticket-lines.ts';
import { UNKNOWN_LETTER } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** Letter sizes in dots on paper 576 dots wide, 8 dots to a millimetre. */
const SIZES = { heading: 64, number: 96, dish: 42, small: 28 } as const;
const RTL = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Its letters join. */
const JOINS = /\p{Script=Arabic}/u;

interface Pen {
  fonts: Fonts;
  measure: Measure;
}

/**
 * Draws lines on paper `width` dots wide (a multiple of 8). A letter that no font has is drawn as `[?]`, and `footnote` says
 * so at the foot. Off the main thread.
 */
export async function drawTicket(lines: readonly TicketLine[], width: number, footnote: string): Promise<Bitmap> {
  const fonts = loadFonts();
  const known = lines.map((line) => ({ ...line, text: knownLetters(line.text, fonts) }));
  if (known.some(({ text }, i) => text !== lines[i]?.text)) known.push({ text: footnote, size: 'small' });
  const draw = (measure: Measure) => known.flatMap((line) => rowsOf(line, width, { fonts, measure }));
  const bitmaps: Bitmap[] = [];
  for await (const bitmap of renderStrips(await measured(draw, fonts), width, fonts)) bitmaps.push(bitmap);
  return stack(bitmaps);
}

/** Draws with the widths that runs of joined letters really have. */
async function measured(draw: (measure: Measure) => Strip[], fonts: Fonts): Promise<Strip[]> {
  const widthOf: Measure = ({ text, size }) => fonts.widthOf(text) * size;
  const joined = new Map<string, TextRun>();
  const keyOf = ({ text, size }: TextRun) => `${size} ${text}`;
  const rows = draw((run) => {
    if (JOINS.test(run.text)) joined.set(keyOf(run), run);
    return widthOf(run);
  });
  if (joined.size === 0) return rows;
  const widths = await measureRuns([...joined.values()], fonts);
  const real = new Map([...joined.keys()].map((key, i) => [key, widths[i]]));
  return draw((run) => real.get(keyOf(run)) ?? widthOf(run));
}

const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
const knownLetters = (text: string, fonts: Fonts) =>
  Array.from(text, (letter) =>
    IGNORABLE.test(letter) || fonts.has(letter.codePointAt(0) ?? 0) ? letter : UNKNOWN_LETTER,
  ).join('');

/** Half size on an impact printer (200 dots); on 58 mm paper a fifth smaller. */
const scaleOf = (width: number) => (width < 300 ? 0.5 : width < 500 ? 0.8 : 1);

/** The rows of a line; one that runs to the left has its lead on the right. */
function rowsOf(
  { text, size, lead = '', inverse = false, rule = false }: TicketLine,
  width: number,
  pen: Pen,
): Strip[] {
  const { fonts } = pen;
  const scale = scaleOf(width);
  if (rule) {
    const height = Math.round(20 * scale);
    return [{ height, svg: `<rect x="0" y="${height / 2}" width="${width}" height="${Math.ceil(3 * scale)}"/>` }];
  }
  const letter = Math.round(SIZES[size] * scale);
  const height = Math.round(letter * 1.36);
  const base = Math.round(letter * 1.06);
  const margin = Math.round(8 * scale);
  const mark = lead.trim();
  const markAt = margin + Math.round((lead.length - lead.trimStart().length) * 0.25 * letter);
  const markWidth = fonts.widthOf(mark) * letter;
  const start = lead === '' ? margin : Math.ceil(markAt + markWidth + 0.35 * letter);
  const room = width - start - margin;
  const rtl = RTL.test(text);
  // resvg gives a decomposed SARA AM the width of its first half.
  const drawable = text.replace(/([\u0e48-\u0e4b]?)\u0e33/gu, '\u0e4d$1\u0e32');
  return wrapText(drawable, (row) => fonts.widthOf(row) * letter <= room).map((row, i) => {
    const fill = inverse ? '#fff' : '#000';
    const boxAt = lead === '' ? 0 : start - margin;
    const box = `<rect x="${rtl ? 0 : boxAt}" width="${width - boxAt}" height="${height}"/>`;
    const markSvg = ltrAt(mark, rtl ? width - markAt - markWidth : markAt, base, letter, '#000', pen);
    const words = (rtl ? rtlAt : ltrAt)(row, rtl ? width - start : start, base, letter, fill, pen);
    return { height, svg: (inverse ? box : '') + (i === 0 ? markSvg : '') + words };
  });
}

/** Each run in its font stands by itself: resvg loses letters when it looks for fonts within a word (Thai, Vietnamese). */
function ltrAt(text: string, x: number, y: number, size: number, fill: string, { fonts, measure }: Pen): string {
  let at = x;
  return runsOf(text, size, fonts)
    .map((run) => {
      const svg = svgOfRun(run, at, y, fill);
      at += measure(run);
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
function rtlAt(text: string, right: number, y: number, size: number, fill: string, pen: Pen): string {
  const { fonts, measure } = pen;
  let at = right;
  let svg = '';
  for (const [piece] of text.matchAll(DIRECTIONS)) {
    const runs = runsOf(piece, size, fonts);
    if (RUNS_RIGHT.test(piece)) {
      at -= runs.reduce((sum, run) => sum + measure(run), 0);
      svg += ltrAt(piece, at, y, size, fill, pen);
      continue;
    }
    for (const run of runs) {
      const shown = RTL.test(run.text)
        ? run.text
        : Array.from(run.text, (letter) => MIRRORED[letter] ?? letter)
            .reverse()
            .join('');
      // resvg puts a space at the end of a run to its right.
      const spaces = run.text.length - run.text.trimStart().length;
      svg += svgOfRun({ ...run, text: shown.trim() }, at - spaces * fonts.widthOf(' ') * size, y, fill, true);
      at -= measure(run);
    }
  }
  return svg;
}
