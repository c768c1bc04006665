import { draw } from './draw.ts';
import type { Pixels } from './png.ts';
import type { Shape } from './shapes.ts';

/** Contrast to white 5.6 (WCAG 1.4.3). */
const RED = '#c62828';
const WHITE = '#ffffff';
/** Side of what Windows lays over an icon in the task bar, px. */
const SIZE = 16;
const disc: Shape = (x, y) => Math.hypot(x, y) <= 1;

/** Bars of a figure, each as x0, y0, x1, y1 in a field of 1 by 2; thick enough for 16 px. */
const BARS = {
  top: [0, 0, 1, 0.3],
  middle: [0, 0.85, 1, 1.15],
  bottom: [0, 1.7, 1, 2],
  upLeft: [0, 0, 0.3, 1.15],
  upRight: [0.7, 0, 1, 1.15],
  downLeft: [0, 0.85, 0.3, 2],
  downRight: [0.7, 0.85, 1, 2],
  upMiddle: [0.4, 0, 0.7, 1.15],
  downMiddle: [0.4, 0.85, 0.7, 2],
} as const;
type Bar = keyof typeof BARS;
const FIGURES: Record<string, Bar[]> = {
  1: ['upMiddle', 'downMiddle'],
  2: ['top', 'upRight', 'middle', 'downLeft', 'bottom'],
  3: ['top', 'upRight', 'middle', 'downRight', 'bottom'],
  4: ['upLeft', 'upRight', 'middle', 'downRight'],
  5: ['top', 'upLeft', 'middle', 'downRight', 'bottom'],
  6: ['top', 'upLeft', 'middle', 'downLeft', 'downRight', 'bottom'],
  7: ['top', 'upRight', 'downRight'],
  8: ['top', 'upLeft', 'upRight', 'middle', 'downLeft', 'downRight', 'bottom'],
  9: ['top', 'upLeft', 'upRight', 'middle', 'downRight', 'bottom'],
};

/** A figure whose field begins at `left` and is `width` wide; it is as high as the disc allows. */
function figure(bars: Bar[], left: number, width: number): Shape {
  return (x, y) => {
    const [u, v] = [(x - left) / width, (y + 0.62) / 0.62];
    return bars.some((bar) => {
      const [x0, y0, x1, y1] = BARS[bar];
      return u >= x0 && u <= x1 && v >= y0 && v <= y1;
    });
  };
}
const plus: Shape = (x, y) =>
  (Math.abs(x - 0.52) <= 0.34 && Math.abs(y) <= 0.12) || (Math.abs(x - 0.52) <= 0.12 && Math.abs(y) <= 0.34);

/** Both seen as paint on glass, the second over the first. */
function over({ size, rgba: below }: Pixels, { rgba: above }: Pixels): Pixels {
  const rgba = below.map((value, i) => {
    const alpha = (above[i - (i % 4) + 3] ?? 0) / 255;
    return i % 4 === 3 ? value : Math.round(value * (1 - alpha) + (above[i] ?? 0) * alpha);
  });
  return { size, rgba };
}

/** How many orders nobody has seen, 1 to 9 and more, by file name: in one size, and the double beside it. */
export function badgeIcons(): Map<string, Pixels> {
  const nine = figure(FIGURES[9] ?? [], -0.72, 0.78);
  const shapes: [string, Shape][] = [
    ...Object.entries(FIGURES).map(([count, bars]): [string, Shape] => [count, figure(bars, -0.42, 0.84)]),
    ['9-and-more', (x, y) => nine(x, y) || plus(x, y)],
  ];
  return new Map(
    shapes.flatMap(([count, shape]) =>
      ([SIZE, 2 * SIZE] as const).map((size): [string, Pixels] => [
        `badge-${count}${size === SIZE ? '' : '@2x'}.png`,
        over(draw(disc, RED, size), draw(shape, WHITE, size)),
      ]),
    ),
  );
}
