import type { Pixels } from './png.ts';

/** One thing of the picture: a rectangle with round corners, or an area with straight sides. */
type Layer = { fill: string } & (
  | { rect: readonly [x: number, y: number, width: number, height: number, radius: number] }
  | { area: readonly (readonly [x: number, y: number])[] }
);

/** Side of the square that the numbers below are in. */
const SIDE = 32;

/** A rail with two tickets, from the back to the front: the only source of every icon of the program and of the page. */
const LAYERS: readonly Layer[] = [
  { rect: [0, 0, 32, 32, 7], fill: '#161b21' },
  { rect: [3, 7, 26, 4, 2], fill: '#aab4bf' },
  { area: ticket(6, 25), fill: '#f6f3ec' },
  { area: ticket(18, 21), fill: '#ffc53d' },
];

/** Torn off below. */
function ticket(left: number, bottom: number): [number, number][] {
  const teeth = [8, 6, 4, 2, 0].map((x, i): [number, number] => [left + x, bottom - (i % 2) * 1.5]);
  return [[left, 11], [left + 8, 11], ...teeth];
}

export function appIconSvg(): string {
  const layers = LAYERS.map((layer) => {
    if ('area' in layer) return `<path d="M${layer.area.map((at) => at.join(' ')).join('L')}z" fill="${layer.fill}"/>`;
    const [x, y, width, height, radius] = layer.rect;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${layer.fill}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><title>Ticketrail</title>${layers.join('')}</svg>\n`;
}

/** @param margin left free on each side, as a part of the whole: macOS wants a tenth */
export function drawAppIcon(size: number, margin = 0): Pixels {
  const rgba = new Uint8Array(size * size * 4);
  // Points looked at along one side of a pixel.
  const fine = size > 128 ? 4 : 8;
  const scale = SIDE / (size * (1 - 2 * margin));
  const place = (pixel: number, part: number): number => (pixel + (part + 0.5) / fine - size * margin) * scale;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = (i: number): number => layerAt(place(x, i % fine), place(y, Math.floor(i / fine)));
      const corners = [0, fine - 1, fine * (fine - 1), fine * fine - 1].map(at);
      // In a large picture nearly every pixel is of one colour.
      const plain = size > 128 && corners.every((layer) => layer === corners[0]);
      const seen = plain ? corners : Array.from({ length: fine * fine }, (_, i) => at(i));
      rgba.set(mix(seen), (y * size + x) * 4);
    }
  return { size, rgba };
}

const COLOURS = LAYERS.map(({ fill }) => [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)));

/** The mean of the layers' colours, 8 bits each; as dense as they cover the pixel. */
function mix(seen: readonly number[]): number[] {
  const colours = seen.flatMap((layer) => (layer < 0 ? [] : [COLOURS[layer] ?? []]));
  const mean = (c: number): number => colours.reduce((sum, colour) => sum + (colour[c] ?? 0), 0) / colours.length || 0;
  return [mean(0), mean(1), mean(2), (colours.length / seen.length) * 255].map(Math.round);
}

/** -1: none. */
const layerAt = (x: number, y: number): number => LAYERS.findLastIndex((layer) => isInside(layer, x, y));

function isInside(layer: Layer, x: number, y: number): boolean {
  if ('rect' in layer) {
    const [left, top, width, height, radius] = layer.rect;
    const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
    const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
    return Math.hypot(dx, dy) <= radius;
  }
  // Even-odd: how many sides a ray to the right crosses.
  let inside = false;
  layer.area.forEach(([x1, y1], i) => {
    const [x2, y2] = layer.area[(i + 1) % layer.area.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
