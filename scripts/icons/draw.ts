import type { Pixels } from './png.ts';
import type { Shape } from './shapes.ts';

/** Points looked at along one side of a pixel. */
const FINE = 8;

/** A shape in one colour on nothing; its edges are as dense as they cover the pixel. */
export function draw(shape: Shape, colour: string, size: number): Pixels {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const rgba = new Uint8Array(size * size * 4);
  const place = (at: number): number => ((at + 0.5) / (size * FINE)) * 2 - 1;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let inside = 0;
      for (let i = 0; i < FINE * FINE; i++)
        if (shape(place(x * FINE + (i % FINE)), place(y * FINE + Math.floor(i / FINE)))) inside++;
      rgba.set([...rgb, Math.round((inside / FINE ** 2) * 255)], (y * size + x) * 4);
    }
  return { size, rgba };
}
