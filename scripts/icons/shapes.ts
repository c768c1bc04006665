import type { TraySummary } from '#main/policy/tray-summary.ts';

/** Whether a point is inside; the picture reaches from -1 to 1, y goes down. */
export type Shape = (x: number, y: number) => boolean;

const disc =
  (r: number, cx = 0, cy = 0): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) <= r;
const box =
  (x0: number, y0: number, x1: number, y1: number): Shape =>
  (x, y) =>
    x >= x0 && x <= x1 && y >= y0 && y <= y1;
const any =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));
const without =
  (shape: Shape, hole: Shape): Shape =>
  (x, y) =>
    shape(x, y) && !hole(x, y);
const turned =
  (shape: Shape): Shape =>
  (x, y) =>
    shape((x + y) * Math.SQRT1_2, (y - x) * Math.SQRT1_2);
const octagon: Shape = (x, y) => Math.max(Math.abs(x), Math.abs(y), (Math.abs(x) + Math.abs(y)) * Math.SQRT1_2) <= 0.85;
const bell: Shape = (x, y) => y >= -0.3 && y <= 0.45 && Math.abs(x) <= 0.52 + Math.max(0, y) * 0.5;

/**
 * One shape for each state, so that it is told by who sees no colours, and on macOS, where a tray has none. Each colour has
 * a contrast of 3 or more to a light panel and to a dark one (WCAG 1.4.11).
 */
export const TRAY: Record<TraySummary, { shape: Shape; colour: `#${string}` }> = {
  live: { shape: disc(0.8), colour: '#1e9a55' },
  connecting: { shape: any(disc(0.27, -0.68), disc(0.27), disc(0.27, 0.68)), colour: '#b07a12' },
  polling: {
    shape: any(
      without(disc(0.85), disc(0.6)),
      without(disc(0.85), (x) => x < 0),
    ),
    colour: '#3b82d6',
  },
  offline: { shape: turned(any(box(-0.95, -0.22, 0.95, 0.22), box(-0.22, -0.95, 0.22, 0.95))), colour: '#e04848' },
  stopped: { shape: without(octagon, box(-0.5, -0.17, 0.5, 0.17)), colour: '#b764c4' },
  alarm: {
    shape: any(
      disc(0.52, 0, -0.3),
      bell,
      box(-0.85, 0.38, 0.85, 0.56),
      disc(0.22, 0, 0.72),
      box(-0.1, -0.95, 0.1, -0.7),
    ),
    colour: '#d3691a',
  },
};
