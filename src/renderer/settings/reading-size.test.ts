import { expect, test } from 'vitest';
import { guessedInches, readableFrom, zoomFor } from './reading-size.ts';

/** `fontPx` as density.css gives it for these sizes. */
const SCREENS = {
  'seven inches': { width: 800, height: 480, inches: 7, fontPx: 18 },
  'twelve inches': { width: 1280, height: 800, inches: 12, fontPx: 26.8 },
  'a monitor': { width: 1920, height: 1080, inches: 24, fontPx: 27.8 },
  'a television': { width: 1920, height: 1080, inches: 55, fontPx: 27.8 },
};

test.each([
  ['twelve inches', 0.7, 0.6],
  ['twelve inches', 1.2, 1],
  ['twelve inches', 2, 1.7],
  ['seven inches', 0.7, 0.9],
  ['seven inches', 1.2, 1.6],
  ['a monitor', 1.2, 0.7],
  ['a monitor', 2, 1.2],
  // At the limits of the setting.
  ['seven inches', 2, 2],
  ['a television', 0.7, 0.6],
] as const)('%s read from %d m need a zoom of %d', (name, metres, zoom) => {
  const { fontPx, ...screen } = SCREENS[name];
  expect(zoomFor(metres, fontPx, screen)).toBe(zoom);
});

test('capitals 4 mm high are read from 1.2 m, and the large density, with 6 mm, from 1.8 m', () => {
  const { fontPx, ...screen } = SCREENS['twelve inches'];
  expect(readableFrom(1, fontPx, screen)).toBeCloseTo(1.2, 1);
  expect(readableFrom(1.5, fontPx, screen)).toBeCloseTo(1.8, 1);
});

test('guesses the size of a screen that nobody has measured', () => {
  expect(guessedInches(1280, 800)).toBe(16);
});
