import type { JobLine } from '#contract/caught-job.ts';
import { type CodePage, decode, decodeUtf8, inCountry, PC437 } from './code-pages.ts';

/** Bytes of a printed line; more go on in the next. */
const LINE_BYTES = 300;
/** Columns between tab stops. */
const TAB = 8;
/** The widest place that a command moves to, columns. */
const COLUMNS = 80;

/** How the next characters are printed. */
export interface Style {
  page: CodePage;
  /** Whether the till chose the page: bytes in the first one may also be UTF-8. */
  isChosen: boolean;
  country: number;
  height: number;
  width: number;
  bold: boolean;
  marked: boolean;
}

export const plainStyle = (page: CodePage | null): Style => ({
  page: page ?? PC437,
  isChosen: page !== null,
  country: 0,
  height: 1,
  width: 1,
  bold: false,
  marked: false,
});

export interface LineBuilder {
  add(byte: number, style: Style): void;
  /** Moves right: to a column, or by some. */
  move(to: { column: number } | { by: number }): void;
  tab(): void;
  /** @returns the line, unless it is blank */
  end(): JobLine | null;
  isFull(): boolean;
}

/** Gathers the bytes of a printed line. */
export function createLineBuilder(onUnreadable: (page: string) => void): LineBuilder {
  let text = '';
  let bytes: number[] = [];
  let length = 0;
  let current: Style | null = null;
  let height = 1;
  let width = 1;
  let bold = false;
  let marked = false;

  function flush(): void {
    if (current && bytes.length > 0) text += textOf(bytes, current, onUnreadable);
    bytes = [];
  }

  function spaces(count: number): void {
    flush();
    const room = Math.min(count, COLUMNS);
    text += ' '.repeat(Math.max(0, room));
    length += Math.max(0, room);
  }

  return {
    add(byte, style) {
      const isSame =
        current?.page === style.page && current.country === style.country && current.isChosen === style.isChosen;
      if (!isSame) flush();
      current = style;
      bytes.push(byte);
      length++;
      if (byte === 0x20) return;
      height = Math.max(height, style.height);
      width = Math.max(width, style.width);
      bold ||= style.bold;
      marked ||= style.marked;
    },
    move(to) {
      const by = 'by' in to ? to.by : Math.min(to.column, COLUMNS) - length;
      // Two columns of a ticket are never one word, wherever the second one starts.
      spaces(length === 0 ? by : Math.max(2, by));
    },
    tab: () => spaces(TAB - (length % TAB)),
    isFull: () => length >= LINE_BYTES,
    end() {
      flush();
      const line = { text: text.trimEnd(), height, width, bold, marked };
      text = '';
      length = 0;
      height = width = 1;
      bold = marked = false;
      return line.text === '' ? null : line;
    },
  };
}

function textOf(bytes: readonly number[], style: Style, onUnreadable: (page: string) => void): string {
  const data = Uint8Array.from(bytes);
  const utf8 = style.isChosen ? null : decodeUtf8(data);
  if (utf8 !== null) return utf8.replace(/\p{Cc}/gu, '');
  if (style.page.encoding === null && bytes.some((byte) => byte >= 0x80)) onUnreadable(style.page.name);
  const text = decode(data, style.page);
  return style.country === 0 ? text : [...text].map((character) => inCountry(character, style.country)).join('');
}
