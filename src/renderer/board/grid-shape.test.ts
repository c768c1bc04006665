import { expect, test } from 'vitest';
import { gridShape } from './grid-shape.ts';

const ORDINARY = { most: 12, density: 'comfortable', textSize: 1 } as const;
const shapeOf = (width: number, height: number, change: object = {}) => {
  const { columns, rows } = gridShape({ width, height }, { ...ORDINARY, ...change });
  return `${columns}×${rows}`;
};

test.each([
  ['a small touch screen, 800×480', 61, 24, {}, '4×1'],
  ['a counter screen, 1280×800', 79, 38, {}, '5×2'],
  ['a wall, 3840×2160', 119, 55, { most: 24 }, '8×3'],
  ['a wall with few tickets per page', 119, 55, { most: 4 }, '4×1'],
  ['compact tickets', 79, 38, { density: 'compact' }, '6×2'],
  ['compact tickets, as many as fit', 79, 38, { density: 'compact', most: 24 }, '6×2'],
  ['larger text', 79, 38, { textSize: 1.5 }, '3×1'],
  ['hardly any room at all', 8, 5, {}, '1×1'],
])('fits as many cells as there is room for, up to the setting: %s', (_, width, height, change, shape) => {
  expect(shapeOf(width, height, change)).toBe(shape);
});
