/** What wrapping needs of a font: which characters it has and how wide each is, in parts of the letter size. */
export interface FontMetrics {
  /** null: the font has no glyph for it. */
  widthOf(codePoint: number): number | null;
}

/** Reads `cmap` (formats 4 and 12), `hmtx`, `hhea` and `head` (OpenType 1.9). */
export function fontMetrics(ttf: Buffer): FontMetrics {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < ttf.readUInt16BE(4); i++) {
    const at = 12 + i * 16;
    const offset = ttf.readUInt32BE(at + 8);
    tables.set(ttf.toString('latin1', at, at + 4), ttf.subarray(offset, offset + ttf.readUInt32BE(at + 12)));
  }
  const table = (name: string) => {
    const found = tables.get(name);
    if (!found) throw new Error(`the font has no table ${name}`);
    return found;
  };
  const unitsPerEm = table('head').readUInt16BE(18);
  const longMetrics = table('hhea').readUInt16BE(34);
  const hmtx = table('hmtx');
  const glyphs = glyphsOf(table('cmap'));
  return {
    widthOf(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (!glyph) return null;
      return hmtx.readUInt16BE(Math.min(glyph, longMetrics - 1) * 4) / unitsPerEm;
    },
  };
}

function glyphsOf(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const part = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = part.readUInt16BE(0);
    if (format === 12) readFormat12(part, glyphs);
    if (format === 4) readFormat4(part, glyphs);
  }
  return glyphs;
}

function readFormat12(part: Buffer, glyphs: Map<number, number>) {
  for (let i = 0; i < part.readUInt32BE(12); i++) {
    const at = 16 + i * 12;
    const first = part.readUInt32BE(at);
    for (let c = first; c <= part.readUInt32BE(at + 4); c++) glyphs.set(c, part.readUInt32BE(at + 8) + c - first);
  }
}

function readFormat4(part: Buffer, glyphs: Map<number, number>) {
  const size = part.readUInt16BE(6);
  for (let at = 14; at < 14 + size; at += 2) {
    const end = part.readUInt16BE(at);
    const start = part.readUInt16BE(at + size + 2);
    const delta = part.readUInt16BE(at + 2 * size + 2);
    const rangeAt = at + 3 * size + 2;
    const range = part.readUInt16BE(rangeAt);
    for (let c = start; c <= end && c < 0xffff; c++) {
      const found = range === 0 ? c : part.readUInt16BE(rangeAt + range + 2 * (c - start));
      if (found !== 0) glyphs.set(c, (found + delta) & 0xffff);
    }
  }
}
