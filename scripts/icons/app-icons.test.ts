import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawAppIcon } from './app-icon.ts';
import { APP_ICONS } from './app-icons.ts';
import { rowsIn, rowsOf } from './png.ts';

const root = join(import.meta.dirname, '../..');
const kept = (path: string): Buffer => readFileSync(join(root, path));

describe('the icons in the repository are those that the script draws (npm run icons)', () => {
  it('for the page', () => expect(String(kept('src/renderer/icon.svg'))).toBe(APP_ICONS['src/renderer/icon.svg']?.()));

  it.each([16, 32, 48, 64, 128, 256])('for Linux, %i px', (size) => {
    const file = kept(`build/icons/${size}x${size}.png`);
    expect(rowsIn(file).equals(rowsOf(drawAppIcon(size)))).toBe(true);
  });

  it('for Windows: every size that it asks for, the small ones bit by bit', () => {
    const file = kept('build/icon.ico');
    const entries = Array.from({ length: file.readUInt16LE(4) }, (_, i) => 6 + i * 16);
    expect(entries.map((at) => file[at])).toEqual([16, 24, 32, 48, 64, 128, 0]);
    for (const at of entries) {
      const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
      expect(offset + length).toBeLessThanOrEqual(file.length);
      if (file[at] !== 32) continue;
      const { rgba } = drawAppIcon(32);
      // The first pixel of the last row, blue first.
      const middle = offset + 40 + 16 * 4;
      expect([2, 1, 0, 3].map((c) => file[middle + c])).toEqual([
        ...rgba.subarray((31 * 32 + 16) * 4, (31 * 32 + 17) * 4),
      ]);
    }
  });

  it('for macOS: every size up to 1024 px, each a PNG, with the margin that its grid has', () => {
    const file = kept('build/icon.icns');
    const types: string[] = [];
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      types.push(file.toString('latin1', at, at + 4));
      expect(file.toString('latin1', at + 9, at + 12)).toBe('PNG');
    }
    expect(types).toEqual(['ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10']);
    expect([...drawAppIcon(32, 0.1).rgba.subarray((2 * 32 + 16) * 4, (2 * 32 + 16) * 4 + 4)]).toEqual([0, 0, 0, 0]);
  });
});
