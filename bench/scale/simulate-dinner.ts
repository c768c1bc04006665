import { createRandom } from '../../scripts/feed/random.ts';
import { type Dinner, ordersOfShop } from './dinner.ts';

/** What one of each takes of a server, as measured. */
export interface UnitCosts {
  /** CPU time of an order or another change that a server stores, ms. */
  orderMs: number;
  /** What PostgreSQL takes for it, ms. */
  databaseMs: number;
  /** CPU time of a change that a display gets, µs. */
  deliveryUs: number;
  /** CPU time of a display that connects, µs. */
  connectUs: number;
  /** CPU time of an idle display each second, µs. */
  idleUs: number;
  /** Memory of a display, kB. */
  displayKb: number;
}

export interface DinnerFigures {
  orders: number;
  /** In the busiest second. */
  ordersPerSecond: number;
  changesPerSecond: number;
  deliveriesPerSecond: number;
  /** Cores that were busy in the busiest second, and of that for orders and changes, deliveries, idle displays. */
  coresAtPeak: number;
  coresForChanges: number;
  coresForDeliveries: number;
  coresForIdle: number;
  /** Cores of the database that were busy then. */
  databaseCoresAtPeak: number;
  /** The busiest second of the evening, compared with the mean of its minute: how much chance adds. */
  peakOverMinute: number;
  displays: number;
  memoryGb: number;
}

/** Every order of every shop through an evening, second by second. The same seed gives the same evening. */
export function simulateDinner(dinner: Dinner, costs: UnitCosts, seed: number): DinnerFigures {
  const { next: random } = createRandom(seed);
  const seconds = dinner.hours * 3_600 + dinner.kitchenSeconds;
  const orders = new Uint32Array(seconds);
  const changes = new Uint32Array(seconds);
  let total = 0;
  for (let shop = 0; shop < dinner.shops; shop++)
    for (const order of ordersOfShop(dinner, random)) {
      total++;
      count(orders, order.at);
      for (const at of [order.at, ...order.changes]) count(changes, at);
    }

  const displays = dinner.shops * dinner.displaysPerShop;
  const perDelivery = (dinner.displaysPerShop * costs.deliveryUs) / 1e6;
  let busiestSecond = 0;
  for (const [second, now] of changes.entries()) if (now > (changes[busiestSecond] ?? 0)) busiestSecond = second;
  const changesPerSecond = changes[busiestSecond] ?? 0;
  const minute = changes.slice(Math.max(0, busiestSecond - 30), busiestSecond + 30);
  const coresForChanges = (changesPerSecond * costs.orderMs) / 1_000;
  const coresForDeliveries = changesPerSecond * perDelivery;
  const coresForIdle = (displays * costs.idleUs) / 1e6;
  return {
    orders: total,
    ordersPerSecond: orders[busiestSecond] ?? 0,
    changesPerSecond,
    deliveriesPerSecond: changesPerSecond * dinner.displaysPerShop,
    coresAtPeak: coresForChanges + coresForDeliveries + coresForIdle,
    coresForChanges,
    coresForDeliveries,
    coresForIdle,
    databaseCoresAtPeak: (changesPerSecond * costs.databaseMs) / 1_000,
    peakOverMinute: changesPerSecond / (minute.reduce((sum, now) => sum + now, 0) / minute.length),
    displays,
    memoryGb: (displays * costs.displayKb) / 1e6,
  };
}

function count(into: Uint32Array, at: number): void {
  const second = Math.floor(at);
  if (second < into.length) into[second] = (into[second] ?? 0) + 1;
}
