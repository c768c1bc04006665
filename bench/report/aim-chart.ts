import type { LoadResult } from '../loads/load.ts';
import { times } from './figure-labels.ts';
import { box, line, svg, text } from './svg.ts';

const WIDTH = 760;
const LEFT = 410;
const RIGHT = 70;
const ROW = 26;
const TOP = 46;
const MARGIN = 16;
/** The scale is logarithmic. */
const LEAST = 0.01;
const MOST = 16;
const MARKS = [0.01, 0.1, 1, 10];

/** Each aim's ratio as a dot with a line over its rounds, beside a stroke that marks the aim. */
export function aimChart(loads: readonly LoadResult[]): string {
  const rows = loads.flatMap(({ name, parts }) =>
    parts.flatMap(({ outcomes }) => outcomes.map((outcome) => ({ name, ...outcome }))),
  );
  const height = TOP + rows.length * ROW + MARGIN;
  const at = (ratio: number): number => {
    const share = Math.log(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST) / Math.log(MOST / LEAST);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  };
  const content = MARKS.flatMap((mark) => [
    line(at(mark), TOP - 10, at(mark), height - MARGIN, 'grid'),
    text(at(mark), TOP - 18, 'quiet middle', String(mark)),
  ]);
  for (const [i, { name, what, bound, median, least, most, met }] of rows.entries()) {
    const y = TOP + i * ROW + ROW / 2;
    const aim = 'atMost' in bound ? bound.atMost : bound.atLeast;
    content.push(
      text(MARGIN, y + 4, 'title', name),
      text(MARGIN + 22, y + 4, '', what),
      line(at(least), y, at(most), y, 'line'),
      box(at(median) - 5, y - 5, 10, 10, met ? 'met' : 'missed'),
      line(at(aim), y - 9, at(aim), y + 9, 'aim'),
      text(WIDTH - MARGIN, y + 4, 'end', times(median)),
    );
  }
  return svg(WIDTH, height, 'Each aim, as a multiple of the plain server', content.join('\n'));
}
