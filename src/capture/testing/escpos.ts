import iconv from 'iconv-lite';

/** Writes ESC/POS as a till does, for tests. Text is encoded in the page that was chosen last. */
export function escpos(encoding = 'cp437') {
  const parts: Buffer[] = [];
  let page = encoding;
  const till = {
    bytes: (...bytes: number[]) => {
      parts.push(Buffer.from(bytes));
      return till;
    },
    init: () => till.bytes(0x1b, 0x40),
    /** @param n Epson's number of the page */
    page: (n: number, its: string) => {
      page = its;
      return till.bytes(0x1b, 0x74, n);
    },
    text: (text: string) => {
      parts.push(iconv.encode(text, page));
      return till;
    },
    line: (text = '') => till.text(`${text}\n`),
    size: (width: number, height: number) => till.bytes(0x1d, 0x21, ((width - 1) << 4) | (height - 1)),
    bold: (on: boolean) => till.bytes(0x1b, 0x45, on ? 1 : 0),
    red: (on: boolean) => till.bytes(0x1b, 0x72, on ? 1 : 0),
    center: () => till.bytes(0x1b, 0x61, 1),
    left: () => till.bytes(0x1b, 0x61, 0),
    feed: (lines: number) => till.bytes(0x1b, 0x64, lines),
    cut: () => till.bytes(0x1d, 0x56, 66, 0),
    end: () => Buffer.concat(parts),
  };
  return till;
}
