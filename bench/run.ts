import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { board, boardPage } from './board.ts';
import { changesOnTheWire } from './changes-on-the-wire.ts';
import { evening } from './evening/evening.ts';
import { LOADS, OTHER_LOADS, runLoad } from './loads/loads.ts';
import { orderToPaint } from './order-to-paint.ts';
import { printPart } from './report/print-part.ts';
import { printSpreads } from './report/print-spreads.ts';
import { writePage } from './report/write-page.ts';
import { writeScale } from './report/write-scale.ts';
import { scale } from './scale/scale.ts';
import { startOver } from './start-over.ts';
import { cleanUp } from './support.ts';

/**
 * `npm run bench [-- name …]`: runs loads and benchmarks, prints tables, writes `bench/results/<name>.json`; `docs` writes the
 * pages. The options are those of `evening`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stores: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '300' },
    rate: { type: 'string', default: '10' },
  },
});

const BENCHES: Record<string, () => Promise<object>> = {
  'order-to-paint': () => orderToPaint({ displays: 10, painted: 1, ordersPerSecond: [10, 50], seconds: 20 }),
  'order-to-paint-all': () => orderToPaint({ displays: 10, painted: 10, ordersPerSecond: [10], seconds: 20 }),
  board: () => board({ open: [20, 200], changesPerSecond: 50, seconds: 60 }),
  'board-page': () => boardPage({ open: [20, 200, 500], changesPerSecond: 50, seconds: 60 }),
  'start-over': () => startOver({ displays: 200, orders: 10_000, ordersPerSecond: 50, runs: 5 }),
  scale,
  'changes-on-the-wire': changesOnTheWire,
  evening: () => evening({ stores: option('stores'), seconds: option('seconds'), rate: option('rate') }),
};
/** Load F is the display, which has no plain counterpart. */
const DISPLAY_BENCHES = ['cold-open', 'board-page', 'order-to-paint'];
const IN_TURN = { ...LOADS, ...OTHER_LOADS };

const given = positionals.length > 0 ? positionals : [...Object.keys(LOADS), 'F'];
const names = given.flatMap((name) => (name === 'F' ? DISPLAY_BENCHES : [name]));
const unknown = names.filter((name) => !(name in BENCHES) && !(name in IN_TURN) && name !== 'docs');
if (unknown.length > 0) {
  const all = [...Object.keys(LOADS), 'F', ...Object.keys(OTHER_LOADS), ...Object.keys(BENCHES), 'docs'];
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}

for (const name of names) {
  if (name === 'docs') {
    await writePage();
    await writeScale();
    continue;
  }
  console.log(`\n${name} …`);
  const load = IN_TURN[name];
  if (load) {
    const result = await runLoad(name, load, printPart).finally(cleanUp);
    console.log(`${result.seconds} s, at a load average of ${result.loadAverage} when it began`);
    await store(name, result);
  } else {
    const result = (await BENCHES[name]?.().finally(cleanUp)) ?? {};
    printSpreads(result);
    await store(name, result);
  }
}

function option(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (value > 0) return value;
  console.error(`--${name} must be a number above 0.`);
  process.exit(1);
}

async function store(name: string, result: object): Promise<void> {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  const all = { name, at: new Date().toISOString(), machine, ...result };
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(all, rounded, 2)}\n`);
}

/** Nothing is measured to more than six digits. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
