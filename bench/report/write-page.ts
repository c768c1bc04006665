import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadResult, PartResult } from '../loads/load.ts';
import { aimChart } from './aim-chart.ts';
import { barChart } from './bar-chart.ts';
import { between } from './between.ts';
import { boundInWords, figureOf, inWords, numberOf, subjectOf, times } from './figure-labels.ts';

/** A load's file in `bench/results/`. */
type Stored = LoadResult & { at: string; machine: { node: string; cpu: string; cores: number } };

const RESULTS = join(import.meta.dirname, '../results');
const DOCS = join(import.meta.dirname, '../../docs');
const PAGE = join(DOCS, 'performance.md');
const CHARTS = join(DOCS, 'performance');

/** Writes the figures of `bench/results/` into `docs/performance.md`, between its marks, and the charts beside it. */
export async function writePage(): Promise<void> {
  const loads: Stored[] = [];
  for (const file of (await readdir(RESULTS)).filter((name) => /^[A-Z]\.json$/.test(name)).sort())
    loads.push(JSON.parse(await readFile(join(RESULTS, file), 'utf8'), reviveNumbers));
  await mkdir(CHARTS, { recursive: true });
  await writeFile(join(CHARTS, 'aims.svg'), aimChart(loads));
  let page = await readFile(PAGE, 'utf8');
  page = between(page, 'aims', ['![Each aim](performance/aims.svg)', '', ...aimsTable(loads)]);
  for (const load of loads) page = between(page, load.name, await sectionOf(load));
  await writeFile(PAGE, page);
}

/** JSON has no NaN and no infinity. */
const reviveNumbers = (key: string, value: unknown): unknown =>
  value === null && (key === 'median' || key === 'least' || key === 'most') ? Number.NaN : value;

function aimsTable(loads: readonly Stored[]): string[] {
  const rows = loads.flatMap(({ name, parts }) =>
    parts.flatMap(({ outcomes }) =>
      outcomes.map(({ what, bound, median, least, most, met }) =>
        row([
          name,
          what,
          boundInWords(bound),
          `**${times(median)}**`,
          `${times(least)} to ${times(most)}`,
          met ? 'yes' : 'no',
        ]),
      ),
    ),
  );
  return [
    row(['load', 'multiple of the plain server', 'aim', 'measured', 'rounds', 'met']),
    row(Array(6).fill('---')),
    ...rows,
  ];
}

async function sectionOf({ name, at, machine, loadAverage, seconds, parts }: Stored): Promise<string[]> {
  const where = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
  const lines = [
    `Measured ${at.slice(0, 10)} on ${where}, at a load average of ${loadAverage} before; ${seconds} s.`,
    '',
  ];
  for (const [i, part] of parts.entries()) {
    lines.push(`### ${part.title}`, '', part.what, '');
    const chart = barChart(part);
    const file = `${name}${parts.length > 1 ? i + 1 : ''}.svg`;
    if (chart !== '') {
      await writeFile(join(CHARTS, file), chart);
      lines.push(`![${part.title}](performance/${file})`, '');
    }
    lines.push(...figuresTable(part), '', ...profilesOf(part));
  }
  return lines;
}

function figuresTable({ figures, rounds }: PartResult): string[] {
  const subjects = Object.keys(figures);
  const names = Object.keys(Object.values(figures)[0] ?? {});
  const cell = (subject: string, name: string) => {
    const measured = figures[subject]?.[name];
    if (!measured) return '';
    const { median, least, most } = measured;
    return `${inWords(name, median)} (${numberOf(name, least)} to ${numberOf(name, most)})`;
  };
  return [
    row([`median of ${rounds} rounds (least to most)`, ...subjects.map(subjectOf)]),
    row(Array(subjects.length + 1).fill('---')),
    ...names.map((name) => row([figureOf(name).label, ...subjects.map((subject) => cell(subject, name))])),
  ];
}

function profilesOf({ profiles }: PartResult): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return Object.entries(profiles).flatMap(([subject, { busy, parts, functions, product }]) => {
    const first = parts.slice(0, 3).map(({ name, share }) => `**${name}** ${percent(share)}`);
    const pair = (one: { name: string; share: number } | undefined) =>
      one ? [one.name, percent(one.share)] : ['', ''];
    return [
      `Where ${subjectOf(subject)} spends its time (its main thread is busy for ${percent(busy)}): ${first.join(', ')}.`,
      '',
      '<details><summary>By part, by function, and by function of the product with what it calls</summary>',
      '',
      row(['part', 'share', 'function, its own time', 'share', 'function of the product, with what it calls', 'share']),
      row(Array(6).fill('---')),
      ...Array.from({ length: Math.max(parts.length, functions.length, product.length) }, (_, i) =>
        row([parts[i], functions[i], product[i]].flatMap(pair)),
      ),
      '',
      '</details>',
      '',
    ];
  });
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
