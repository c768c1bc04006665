import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Contrast by WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (marks). */
const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const [common = '', dark = '', light = '', strong = ''] = css.split('}');
const valuesOf = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((m) => [m[1], m[2]]));
const THEMES: Record<string, Record<string, string>> = {
  dark: { ...valuesOf(common), ...valuesOf(dark) },
  light: { ...valuesOf(common), ...valuesOf(light) },
  contrast: { ...valuesOf(common), ...valuesOf(strong) },
};

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT: [ink: string, ground: string][] = [
  ['ink', 'room'],
  ['ink', 'bar'],
  ['ink', 'well'],
  ['ink', 'raised'],
  ['soft', 'room'],
  ['soft', 'bar'],
  ['soft', 'well'],
  ['paper-ink', 'paper'],
  ['paper', 'paper-ink'],
  ['paper-soft', 'paper'],
  ['paper-done', 'paper'],
  ['modifier', 'paper'],
  ['allergy', 'paper'],
  ['late', 'paper'],
  ['paper-ink', 'note'],
  ['paper-soft', 'paper-press'],
  ['on-state', 'modifier'],
  ['on-state', 'new'],
  ['on-state', 'preparing'],
  ['on-state', 'ready'],
  ['on-state', 'out'],
  ['on-state', 'late'],
  ['on-state', 'ended'],
  ['on-state', 'allergy'],
  ['warning-ink', 'warning'],
  ['step-ink', 'step'],
  ['focus-edge', 'focus'],
  ['strip-down-ink', 'strip-down'],
  ['strip-warning-ink', 'strip-warning'],
];
const MARKS: [mark: string, ground: string][] = [
  ...(['live', 'wait', 'poll', 'down', 'unknown'].map((state) => [`link-${state}`, 'bar']) as [string, string][]),
  ['focus', 'room'],
];

for (const [theme, values] of Object.entries(THEMES)) {
  // The contrast theme also meets AAA (1.4.6).
  const least = theme === 'contrast' ? 7 : 4.5;
  test.each(TEXT)(`[WCAG 1.4.3] ${theme}: %s on %s is at least ${least}`, (ink, ground) => {
    expect(contrast(values[ink] ?? '', values[ground] ?? '')).toBeGreaterThanOrEqual(least);
  });
  test.each(MARKS)(`[WCAG 1.4.11] ${theme}: %s on %s is at least 3`, (mark, ground) => {
    expect(contrast(values[mark] ?? '', values[ground] ?? '')).toBeGreaterThanOrEqual(3);
  });
}
