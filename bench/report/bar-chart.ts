import type { PartResult } from '../loads/load.ts';
import { figureOf, inWords, subjectOf } from './figure-labels.ts';
import { box, line, svg, text } from './svg.ts';

const WIDTH = 760;
const LEFT = 180;
const RIGHT = 110;
const BAR = 14;
const ROW = 22;
const HEAD = 30;
const MARGIN = 16;

/** Bars of the drawn figures by subject; a thin line shows how far the rounds lie apart. Empty: there is nothing to draw. */
export function barChart({ title, figures }: PartResult): string {
  const subjects = Object.keys(figures);
  const names = Object.keys(Object.values(figures)[0] ?? {}).filter((name) => figureOf(name).isDrawn);
  if (names.length === 0) return '';
  let y = MARGIN;
  const content: string[] = [];
  for (const name of names) {
    const largest = Math.max(...subjects.map((subject) => figures[subject]?.[name]?.most ?? 0));
    const scale = (WIDTH - LEFT - RIGHT) / largest;
    content.push(text(MARGIN, y + 14, 'title', figureOf(name).label));
    y += HEAD;
    for (const subject of subjects) {
      const measured = figures[subject]?.[name];
      if (!measured) continue;
      const middle = y + BAR / 2;
      content.push(
        text(LEFT - 10, middle + 4, 'quiet end', subjectOf(subject)),
        box(LEFT, y, measured.median * scale, BAR, subject === subjects[0] ? 'own' : 'other'),
        line(LEFT + measured.least * scale, middle, LEFT + measured.most * scale, middle, 'line'),
        text(LEFT + measured.most * scale + 8, middle + 4, '', inWords(name, measured.median)),
      );
      y += ROW;
    }
    y += 10;
  }
  return svg(WIDTH, y + MARGIN - 10, title, content.join('\n'));
}
