import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FontMetrics, fontMetrics } from './font-metrics.ts';
import { woffToTtf } from './woff-to-ttf.ts';

/** Bold only: thin strokes vanish on thermal paper. Their order decides which font draws a letter that several have. */
const FILES = [
  'noto-sans/files/noto-sans-latin',
  'noto-sans/files/noto-sans-latin-ext',
  'noto-sans/files/noto-sans-vietnamese',
  'noto-sans/files/noto-sans-cyrillic',
  'noto-sans/files/noto-sans-cyrillic-ext',
  'noto-sans/files/noto-sans-greek',
  'noto-sans/files/noto-sans-greek-ext',
  'noto-sans/files/noto-sans-devanagari',
  'noto-sans-arabic/files/noto-sans-arabic-arabic',
  'noto-sans-armenian/files/noto-sans-armenian-armenian',
  'noto-sans-georgian/files/noto-sans-georgian-georgian',
  'noto-sans-hebrew/files/noto-sans-hebrew-hebrew',
  'noto-sans-thai/files/noto-sans-thai-thai',
];

export interface Fonts {
  /** TTF files, for resvg. */
  paths: string[];
  /** The width of a text in parts of its letter size, without ligatures, so at least what is drawn. */
  widthOf(text: string): number;
  has(codePoint: number): boolean;
  /** The family that draws a letter, among `paths`; null: any, such as for a space or a mark. */
  familyOf(letter: string): string | null;
}

let loaded: Fonts | null = null;

/**
 * The bundled fonts, unpacked to a directory of temporary files, since resvg reads neither WOFF nor memory. Read once; the
 * files go when the process ends.
 */
export function loadFonts(): Fonts {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const directory = mkdtempSync(join(tmpdir(), 'ticketrail-fonts-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const metrics: FontMetrics[] = [];
  const paths = FILES.map((file, i) => {
    const ttf = woffToTtf(readFileSync(require.resolve(`@fontsource/${file}-700-normal.woff`)), `Paper${i}`);
    metrics.push(fontMetrics(ttf));
    const path = join(directory, `${i}.ttf`);
    writeFileSync(path, ttf);
    return path;
  });
  const widths = new Map<number, number | null>();
  const widthOf = (codePoint: number): number | null => {
    let width = widths.get(codePoint);
    if (width === undefined) {
      width = metrics.map((font) => font.widthOf(codePoint)).find((found) => found !== null) ?? null;
      widths.set(codePoint, width);
    }
    return width;
  };
  loaded = {
    paths,
    widthOf: (text) => [...text].reduce((sum, letter) => sum + (widthOf(letter.codePointAt(0) ?? 0) ?? 0), 0),
    familyOf(letter) {
      if (/^[\p{Z}\p{M}\p{Cf}]$/u.test(letter)) return null;
      const at = metrics.findIndex((font) => font.widthOf(letter.codePointAt(0) ?? 0) !== null);
      return at < 0 ? null : `Paper${at}`;
    },
    has: (codePoint) => widthOf(codePoint) !== null,
  };
  return loaded;
}
