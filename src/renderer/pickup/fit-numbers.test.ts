import { expect, test } from 'vitest';
import { fitNumbers } from './fit-numbers.ts';

const BOX = { width: 600, height: 800 };
/** Whether so many rows of numbers with this many characters stay inside the box. */
const fits = (count: number, longest: number): boolean => {
  const { columns, size } = fitNumbers(count, longest, BOX, 20);
  const rows = Math.ceil(count / columns);
  return columns * size * (longest * 0.68 + 0.9) <= BOX.width + 0.01 && rows * size * 1.4 <= BOX.height + 0.01;
};

test.each([1, 8, 9, 24, 60])('%i numbers fit, whatever their length', (count) => {
  for (const longest of [1, 3, 6]) expect(fits(count, longest), `${longest} characters`).toBe(true);
});

test('numbers become smaller as there are more, and not larger where there are few', () => {
  const sizes = [1, 8, 20, 60].map((count) => fitNumbers(count, 3, BOX, 20).size);
  expect(sizes[0]).toBe(sizes[1]);
  expect(sizes[1]).toBeGreaterThan(sizes[2] ?? 0);
  expect(sizes[2]).toBeGreaterThan(sizes[3] ?? 0);
});

test('never becomes too small to read; then it says how many fit', () => {
  const { size, room, columns } = fitNumbers(500, 3, BOX, 40);
  expect(size).toBe(40);
  expect(room).toBeLessThan(500);
  expect(room % columns).toBe(0);
  expect(fitNumbers(500, 3, { width: 0, height: 0 }, 40).room).toBe(1);
});
