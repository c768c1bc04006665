import type { PRINT_COMMANDS } from '#contract/printer.ts';
import type { Bitmap } from './bitmap.ts';
import type { TicketLine } from './ticket-lines.ts';
import { wrapAscii } from './wrap-ascii.ts';

/** Printers with little memory lose the end of a larger picture (FloCafe, printing-nonlatin-capabilities.md). */
const BAND_ROWS = 200;

const INIT = Buffer.from([0x1b, 0x40]);
/** Feeds until the last line is past the knife, and cuts all but one point. */
const CUT = Buffer.from([0x1d, 0x56, 66, 0]);
/** TM-U220: 16/144 inch, the height of eight needles, so that the bands join. */
const NEEDLE_SPACING = Buffer.from([0x1b, 0x33, 16]);
const FEED = Buffer.from([0x1b, 0x64, 3]);

/** A picture as a job: `GS v 0`, or `ESC *` of eight needles for an impact printer, which has no `GS v 0`. */
export function pictureJob(bitmap: Bitmap, command: (typeof PRINT_COMMANDS)[number]): Buffer {
  const bands = command === 'impact' ? [NEEDLE_SPACING, ...needleBands(bitmap)] : rasterBands(bitmap);
  return Buffer.concat([INIT, ...bands, FEED, CUT]);
}

function rasterBands({ width, height, data }: Bitmap): Buffer[] {
  const stride = width / 8;
  const bands: Buffer[] = [];
  for (let y = 0; y < height; y += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - y);
    const head = Buffer.from([0x1d, 0x76, 0x30, 0, 0, 0, 0, 0]);
    head.writeUInt16LE(stride, 4);
    head.writeUInt16LE(rows, 6);
    bands.push(head, data.subarray(y * stride, (y + rows) * stride));
  }
  return bands;
}

function needleBands({ width, height, data }: Bitmap): Buffer[] {
  const stride = width / 8;
  const bands: Buffer[] = [];
  for (let y = 0; y < height; y += 8) {
    const band = Buffer.alloc(5 + width + 1);
    band.set([0x1b, 0x2a, 0, width & 0xff, width >> 8]);
    for (let x = 0; x < width; x++) {
      for (let row = 0; row < 8 && y + row < height; row++) {
        const black = ((data[(y + row) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
        band[5 + x] = (band[5 + x] ?? 0) | (black << (7 - row));
      }
    }
    band[5 + width] = 0x0a;
    bands.push(band);
  }
  return bands;
}

/** Letters of double width and height, of double height, and plain (`ESC !`). */
const MODES = { heading: 0x38, number: 0x38, dish: 0x18, small: 0x00 } as const;

/** Lines of printable ASCII as a job in the printer's own letters. */
export function textJob(lines: readonly TicketLine[], columns: number): Buffer {
  const parts: Buffer[] = [INIT];
  for (const line of lines) {
    const mode = MODES[line.size];
    if (line.rule) {
      parts.push(Buffer.from(`\x1b!\0${'-'.repeat(columns)}\n`, 'latin1'));
      continue;
    }
    const room = mode & 0x20 ? Math.floor(columns / 2) : columns;
    const rows = wrapAscii(line, room);
    parts.push(Buffer.from([0x1b, 0x21, mode]), Buffer.from(rows.map((row) => `${row}\n`).join(''), 'latin1'));
  }
  return Buffer.concat([...parts, Buffer.from([0x1b, 0x21, 0]), FEED, CUT]);
}
