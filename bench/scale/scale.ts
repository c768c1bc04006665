import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadResult } from '../loads/load.ts';
import { between } from '../report/between.ts';
import { type Dinner, type DinnerFigures, simulateDinner, type UnitCosts } from './simulate-dinner.ts';

const RESULTS = join(import.meta.dirname, '../results');
const PAGE = join(import.meta.dirname, '../../docs/scale.md');
const SEED = 20_261_130;
/** Of a node's one thread, so that a busy second and the death of a node find room. */
const MOST_BUSY = 0.5;
const DINNER: Dinner = { shops: 10_000, displaysPerShop: 3, ordersPerHour: 40, changesPerOrder: 7, hours: 4 };

/** Figures of a simulated evening, with costs as they were measured last. */
export interface Scale extends Dinner, UnitCosts, DinnerFigures {
  nodes: number;
  /** Of a node, at the peak; then when one of them is away. */
  busyShare: number;
  busyShareWithOneAway: number;
  /** CPU time that the displays of a dead node take of each other one, s. */
  reconnectSeconds: number;
}

/** Puts 10,000 shops through a dinner, and writes what they take into `docs/scale.md`. */
export async function scale(): Promise<Scale> {
  const costs = await measuredCosts();
  const figures = simulateDinner(DINNER, costs, SEED);
  const nodes = Math.max(2, Math.ceil(figures.coresAtPeak / MOST_BUSY));
  const result: Scale = {
    ...DINNER,
    ...figures,
    ...costs,
    nodes,
    busyShare: figures.coresAtPeak / nodes,
    busyShareWithOneAway: figures.coresAtPeak / (nodes - 1),
    reconnectSeconds: ((figures.displays / nodes) * costs.connectUs) / 1e6 / (nodes - 1),
  };
  await writeFile(PAGE, between(await readFile(PAGE, 'utf8'), 'figures', linesOf(result)));
  return result;
}

/** Orders cost what they cost on PostgreSQL, since so many shops need several nodes. */
async function measuredCosts(): Promise<UnitCosts> {
  const of = async (load: string, part: number, subject: string, figure: string): Promise<number> => {
    const { parts }: LoadResult = JSON.parse(await readFile(join(RESULTS, `${load}.json`), 'utf8'));
    const measured = parts[part]?.figures[subject]?.[figure];
    if (!measured) throw new Error(`bench/results/${load}.json has no ${figure} of ${subject}: run that load first.`);
    return measured.median;
  };
  return {
    orderMs: await of('G', 1, 'postgres', 'cpu_per_order_ms'),
    deliveryUs: await of('B', 0, 'ticketrail', 'cpu_per_delivery_us'),
    connectUs: await of('E', 0, 'ticketrail', 'cpu_per_connect_us'),
    idleUs: await of('E', 0, 'ticketrail', 'cpu_per_idle_display_us_per_s'),
    displayKb: await of('E', 0, 'ticketrail', 'memory_per_display_kb'),
  };
}

function linesOf(result: Scale): string[] {
  const whole = (value: number) => Math.round(value).toLocaleString('en-US');
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const rows: [string, string][] = [
    [
      'CPU time of an order or another change, on PostgreSQL, with its share of a commit',
      `${result.orderMs.toFixed(2)} ms`,
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
      'cores busy then',
      `${result.coresAtPeak.toFixed(1)}: ${result.coresForChanges.toFixed(1)} for changes, ${result.coresForDeliveries.toFixed(1)} for deliveries, ${result.coresForIdle.toFixed(1)} for heartbeats`,
    ],
    [`nodes, each with one thread that is busy for at most ${percent(MOST_BUSY)}`, whole(result.nodes)],
    ['how busy each is, and when one is away', `${percent(result.busyShare)}, ${percent(result.busyShareWithOneAway)}`],
    [
      'displays, and the memory they take over all nodes',
      `${whole(result.displays)}, ${result.memoryGb.toFixed(1)} GB`,
    ],
    ['CPU time that the displays of a dead node take of each other one', `${result.reconnectSeconds.toFixed(1)} s`],
  ];
  return ['| what | |', '|---|---|', ...rows.map(([what, figure]) => `| ${what} | ${figure} |`)];
}
