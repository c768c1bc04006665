import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { draw } from './draw.ts';
import { rowsIn, rowsOf } from './png.ts';
import { TRAY } from './shapes.ts';
import { trayIcons } from './tray-icons.ts';

const dir = join(import.meta.dirname, '../../build/tray');

it('the pictures in the repository are those that the script draws (npm run icons)', () => {
  const icons = trayIcons();
  expect(readdirSync(dir).sort()).toEqual([...icons.keys()].sort());
  for (const [name, pixels] of icons) {
    const file = readFileSync(join(dir, name));
    expect([file.readUInt32BE(16), file.readUInt32BE(20)], name).toEqual([pixels.size, pixels.size]);
    expect(rowsIn(file).equals(rowsOf(pixels)), name).toBe(true);
  }
});

describe('a state is told by its shape', () => {
  const states = Object.entries(TRAY);
  const alphaOf = (shape: (typeof TRAY)['live']['shape']): number[] => {
    const { rgba } = draw(shape, '#000000', 16);
    return Array.from({ length: 256 }, (_, i) => (rgba[i * 4 + 3] ?? 0) / 255);
  };
  const pairs = states.flatMap(([a], i) =>
    states.slice(i + 1).map(([b]) => [a, b] as [keyof typeof TRAY, keyof typeof TRAY]),
  );
  test.each(pairs)('%s is not %s, even without colours', (a, b) => {
    const [one, other] = [alphaOf(TRAY[a].shape), alphaOf(TRAY[b].shape)];
    const differs = one.reduce((sum, alpha, i) => sum + Math.abs(alpha - (other[i] ?? 0)), 0);
    expect(differs).toBeGreaterThan(30);
  });
});

describe('and by its colour, on a light panel and on a dark one', () => {
  const light = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  test.each(Object.entries(TRAY))('%s', (_, { colour }) => {
    for (const panel of ['#f3f3f3', '#202020']) expect(contrast(colour, panel), panel).toBeGreaterThanOrEqual(3);
  });
});
