import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { board, boardPage } from './board.ts';
import { LOADS, OTHER_LOADS, runLoad } from './loads/loads.ts';
import { orderToPaint } from './order-to-paint.ts';
import { printPart } from './report/print-part.ts';
import { printSpreads } from './report/print-spreads.ts';
import { writePage } from './report/write-page.ts';
import { scale } from './scale/scale.ts';
import { startOver } from './start-over.ts';
import { cleanUp } from './support.ts';

/** `npm run bench [-- name …]`: runs loads and benchmarks, prints tables, writes `bench/results/<name>.json`; `docs` writes the page. */
const BENCHES: Record<string, () => Promise<object>> = {
  'order-to-paint': () => orderToPaint({ displays: 10, painted: 1, ordersPerSecond: 50, seconds: 20 }),
  'order-to-paint-all': () => orderToPaint({ displays: 10, painted: 10, ordersPerSecond: 50, seconds: 20 }),
  board: () => board({ open: [20, 200], changesPerSecond: 50, seconds: 60 }),
  'board-page': () => boardPage({ open: [20, 200, 500], changesPerSecond: 50, seconds: 60 }),
  'start-over': () => startOver({ displays: 200, orders: 10_000, ordersPerSecond: 50, runs: 5 }),
  scale,
};
/** Load F is the display, which has no plain counterpart. */
const DISPLAY_BENCHES = ['cold-open', 'board-page', 'order-to-paint'];
const IN_TURN = { ...LOADS, ...OTHER_LOADS };

const wanted = process.argv.slice(2);
const given = wanted.length > 0 ? wanted : [...Object.keys(LOADS), 'F'];
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
