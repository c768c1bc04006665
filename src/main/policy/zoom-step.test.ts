import { expect, test } from 'vitest';
import { zoomStep } from './zoom-step.ts';

test.each([
  [1, 'in', 1.1],
  [1.1, 'in', 1.2],
  [1, 'out', 0.9],
  [1.25, 'out', 1.2],
  [2, 'in', 2],
  [0.6, 'out', 0.6],
  [1.7, 'reset', 1],
] as const)('%d %s is %d', (zoom, step, next) => {
  expect(zoomStep(zoom, step)).toBe(next);
});
