import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evening } from '../evening/figures-of.ts';
import { MOST_BUSY, type Scale } from '../scale/scale.ts';
import type { Spread } from '../support.ts';
import { between } from './between.ts';

const RESULTS = join(import.meta.dirname, '../results');
const PAGE = join(import.meta.dirname, '../../docs/scale.md');

type Stored<T> = T & { at: string; machine: { node: string; cpu: string; cores: number } };
type Rows = [what: string, figure: string][];

/** Writes the figures of `scale` and `evening` into `docs/scale.md`, between its marks. */
export async function writeScale(): Promise<void> {
  let page = await readFile(PAGE, 'utf8');
  const simulated = await stored<Scale>('scale');
  if (simulated) page = between(page, 'figures', table(rowsOfScale(simulated)));
  const real = await stored<Evening>('evening');
  if (real) page = between(page, 'evening', [measured(real), '', ...table(rowsOfEvening(real))]);
  await writeFile(PAGE, page);
}

/** null: not measured yet. */
async function stored<T>(name: string): Promise<Stored<T> | null> {
  const text = await readFile(join(RESULTS, `${name}.json`), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const percent = (share: number) => `${Math.round(100 * share)} %`;
const cores = (value: number) => `${value.toFixed(2)} cores`;

function rowsOfScale(result: Scale): Rows {
  return [
    [
      'CPU time of an order or another change, on PostgreSQL, with its share of a commit: of a node, of PostgreSQL',
      `${result.orderMs.toFixed(2)} ms, ${result.databaseMs.toFixed(2)} ms`,
    ],
    ['… of a change that a display gets', `${result.deliveryUs.toFixed(1)} µs`],
    ['… of a display that connects', `${whole(result.connectUs)} µs`],
    ['… of an idle display, each second', `${result.idleUs.toFixed(1)} µs`],
    ['memory of a display', `${result.displayKb.toFixed(0)} kB`],
    ['orders in the evening', whole(result.orders)],
    [
      'orders, changes and deliveries in the busiest second',
      `${whole(result.ordersPerSecond)}, ${whole(result.changesPerSecond)}, ${whole(result.deliveriesPerSecond)}`,
    ],
    ['that second, compared with the mean of its minute', `${result.peakOverMinute.toFixed(2)} times`],
    [
      'cores of nodes busy then',
      `${result.coresAtPeak.toFixed(1)}: ${result.coresForChanges.toFixed(1)} for changes, ${result.coresForDeliveries.toFixed(1)} for deliveries, ${result.coresForIdle.toFixed(1)} for heartbeats`,
    ],
    ['cores of the database busy then', result.databaseCoresAtPeak.toFixed(1)],
    [`nodes, each with one thread that is busy for at most ${percent(MOST_BUSY)}`, whole(result.nodes)],
    ['how busy each is, and when one is away', `${percent(result.busyShare)}, ${percent(result.busyShareWithOneAway)}`],
    [
      `such shops that one node carries, and one core of the database, each busy for ${percent(MOST_BUSY)}`,
      `${whole(result.shopsPerNode)}, ${whole(result.shopsPerDatabaseCore)}`,
    ],
    [
      'displays, and the memory they take over all nodes',
      `${whole(result.displays)}, ${result.memoryGb.toFixed(1)} GB`,
    ],
    ['CPU time that the displays of a dead node take of each other one', `${result.reconnectSeconds.toFixed(1)} s`],
  ];
}

const measured = ({ at, machine, verdict }: Stored<Evening>): string =>
  `Measured ${at.slice(0, 10)} on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}: **${verdict}**.`;

function rowsOfEvening(result: Evening): Rows {
  const { busy, idle } = result;
  const times = ({ p50, p99, max }: Spread) => `${whole(p50)}, ${whole(p99)}, ${whole(max)} ms`;
  return [
    [
      'stores with a display each, orders a second, for',
      `${whole(result.stores)}, ${result.rate}, ${whole(result.seconds)} s`,
    ],
    ['orders, and changes with them', `${whole(result.orders)}, ${whole(result.changes)}`],
    ['from sending an order until its display has it: median, p99, most', times(result.order_to_display)],
    ['… a tap', times(result.tap_to_display)],
    ['… an order until its answer', times(result.order_answered)],
    ['later than 12 s', whole(result.late)],
    [
      'orders lost, orders twice, changes lost',
      `${whole(result.ordersLost)}, ${whole(result.ordersTooMany)}, ${whole(result.changesLost)}`,
    ],
    ['gaps in what displays got, displays that are not equal in the end', `${result.gaps}, ${result.displaysUnequal}`],
    ['connections lost, orders sent again', `${result.connectionsLost}, ${result.sentAgain}`],
    ['longest silence on a display (12 s end `live`)', `${(result.longestSilence / 1_000).toFixed(1)} s`],
    [
      'nodes, PostgreSQL, shops and displays are busy for',
      `${cores(busy.nodeCores)}, ${cores(busy.databaseCores)}, ${cores(busy.playerCores)}`,
    ],
    ['… without orders', `${cores(idle.nodeCores)}, ${cores(idle.databaseCores)}, ${cores(idle.playerCores)}`],
    [
      'CPU time of a change with its delivery: of a node, of PostgreSQL',
      `${result.nodeMsPerChange.toFixed(2)} ms, ${result.databaseMsPerChange.toFixed(2)} ms`,
    ],
    ['most memory: both nodes, PostgreSQL', `${whole(busy.nodesMb)} MB, ${whole(busy.databaseMb)} MB`],
    [`all displays connect, ${whole(result.stores)} in`, `${result.connectSeconds.toFixed(1)} s`],
  ];
}

const table = (rows: Rows): string[] => [
  '| what | |',
  '|---|---|',
  ...rows.map(([what, figure]) => `| ${what} | ${figure} |`),
];
