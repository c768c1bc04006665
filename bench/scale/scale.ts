import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadResult } from '../loads/load.ts';
import type { Dinner } from './dinner.ts';
import { type DinnerFigures, simulateDinner, type UnitCosts } from './simulate-dinner.ts';

const RESULTS = join(import.meta.dirname, '../results');
const SEED = 20_261_130;
/** Of a node's one thread, and of each core of the database, so that a busy second and the death of a node find room. */
export const MOST_BUSY = 0.5;
const DINNER: Dinner = {
  shops: 10_000,
  displaysPerShop: 3,
  ordersPerHour: 40,
  changesPerOrder: 7,
  kitchenSeconds: 20 * 60,
  hours: 4,
};

/** Figures of a simulated evening, with costs as they were measured last. */
export interface Scale extends Dinner, UnitCosts, DinnerFigures {
  nodes: number;
  /** Of a node, at the peak; then when one of them is away. */
  busyShare: number;
  busyShareWithOneAway: number;
  /** CPU time that the displays of a dead node take of each other one, s. */
  reconnectSeconds: number;
  /** What one node, and one core of the database, carry of such shops at {@link MOST_BUSY}. */
  shopsPerNode: number;
  shopsPerDatabaseCore: number;
}

/** Puts 10,000 shops through a dinner. `npm run bench -- docs` writes what they take into `docs/scale.md`. */
export async function scale(): Promise<Scale> {
  const costs = await measuredCosts();
  const figures = simulateDinner(DINNER, costs, SEED);
  const nodes = Math.max(2, Math.ceil(figures.coresAtPeak / MOST_BUSY));
  return {
    ...DINNER,
    ...figures,
    ...costs,
    nodes,
    busyShare: figures.coresAtPeak / nodes,
    busyShareWithOneAway: figures.coresAtPeak / (nodes - 1),
    reconnectSeconds: ((figures.displays / nodes) * costs.connectUs) / 1e6 / (nodes - 1),
    shopsPerNode: (DINNER.shops * MOST_BUSY) / figures.coresAtPeak,
    shopsPerDatabaseCore: (DINNER.shops * MOST_BUSY) / figures.databaseCoresAtPeak,
  };
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
    orderMs: await of('G', 1, 'postgres-2', 'cpu_per_order_ms'),
    databaseMs: await of('G', 1, 'postgres-2', 'database_cpu_per_order_ms'),
    deliveryUs: await of('B', 0, 'ticketrail', 'cpu_per_delivery_us'),
    connectUs: await of('E', 0, 'ticketrail', 'cpu_per_connect_us'),
    idleUs: await of('E', 0, 'ticketrail', 'cpu_per_idle_display_us_per_s'),
    displayKb: await of('E', 0, 'ticketrail', 'memory_per_display_kb'),
  };
}
