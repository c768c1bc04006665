import { createRandom } from '../../scripts/feed/random.ts';

/** What one of each takes of a server, as measured. */
export interface UnitCosts {
  /** CPU time of an order or another change that a server stores, ms. */
  orderMs: number;
  /** CPU time of a change that a display gets, µs. */
  deliveryUs: number;
  /** CPU time of a display that connects, µs. */
  connectUs: number;
  /** CPU time of an idle display each second, µs. */
  idleUs: number;
  /** Memory of a display, kB. */
  displayKb: number;
}

export interface Dinner {
  shops: number;
  displaysPerShop: number;
  /** Of a shop in its busiest hour; shops differ by a factor of about four. */
  ordersPerHour: number;
  /** Changes of an order after it came in: accepted, ticked, ready, handed over. */
  changesPerOrder: number;
  hours: number;
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
  /** The busiest second of the evening, compared with the mean of its minute: how much chance adds. */
  peakOverMinute: number;
  displays: number;
  memoryGb: number;
}

/** An order's changes come over so long, s. */
const KITCHEN_SECONDS = 20 * 60;
/** Standard deviation of a shop's rush and of its peak's hour, h. */
const RUSH_HOURS = 0.8;

/** Every order of every shop through an evening, second by second. The same seed gives the same evening. */
export function simulateDinner(dinner: Dinner, costs: UnitCosts, seed: number): DinnerFigures {
  const { next: random } = createRandom(seed);
  const seconds = dinner.hours * 3_600;
  const orders = new Uint32Array(seconds + KITCHEN_SECONDS);
  const changes = new Uint32Array(seconds + KITCHEN_SECONDS);
  let total = 0;
  for (let shop = 0; shop < dinner.shops; shop++) {
    const busiest = (dinner.ordersPerHour * 2 ** (2 * random() - 1)) / 3_600;
    const peak = (dinner.hours / 2 + 2 * (random() - 0.5) * RUSH_HOURS) * 3_600;
    // A Poisson process at the busiest rate, thinned to the rate of the moment.
    for (let at = wait(random, busiest); at < seconds; at += wait(random, busiest)) {
      if (random() > Math.exp(-(((at - peak) / 3_600 / RUSH_HOURS) ** 2) / 2)) continue;
      total++;
      count(orders, at);
      count(changes, at);
      for (let i = 0; i < dinner.changesPerOrder; i++) count(changes, at + random() * KITCHEN_SECONDS);
    }
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
    peakOverMinute: changesPerSecond / (minute.reduce((sum, now) => sum + now, 0) / minute.length),
    displays,
    memoryGb: (displays * costs.displayKb) / 1e6,
  };
}

/** Until the next order, s. */
const wait = (random: () => number, perSecond: number): number => -Math.log(1 - random()) / perSecond;

function count(into: Uint32Array, at: number): void {
  const second = Math.floor(at);
  if (second < into.length) into[second] = (into[second] ?? 0) + 1;
}
