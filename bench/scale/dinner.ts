/** An evening of many shops. */
export interface Dinner {
  shops: number;
  displaysPerShop: number;
  /** Of a shop in its busiest hour; shops differ by a factor of about four. */
  ordersPerHour: number;
  /** Changes of an order after it came in: accepted, ticked, ready, handed over. */
  changesPerOrder: number;
  /** Those changes come over so long. */
  kitchenSeconds: number;
  hours: number;
}

/** An order of an evening: when it comes in, and when its changes are; s from the beginning. */
export interface DinnerOrder {
  at: number;
  /** In no order. */
  changes: number[];
}

/** Standard deviation of a shop's rush and of its peak's hour, h. */
const RUSH_HOURS = 0.8;
/** The mean of what shops differ by, a factor from a half to two; and of how near they are to their peak at the middle. */
const MEAN_FACTOR = 1.5 / (2 * Math.LN2);
const MEAN_AT_MIDDLE = 0.8556;

/** The orders of one shop. @param random 0 ≤ x < 1 */
export function* ordersOfShop(dinner: Dinner, random: () => number): Generator<DinnerOrder> {
  const seconds = dinner.hours * 3_600;
  const busiest = (dinner.ordersPerHour * 2 ** (2 * random() - 1)) / 3_600;
  const peak = (dinner.hours / 2 + 2 * (random() - 0.5) * RUSH_HOURS) * 3_600;
  // A Poisson process at the busiest rate, thinned to the rate of the moment.
  for (let at = wait(random, busiest); at < seconds; at += wait(random, busiest)) {
    if (random() > Math.exp(-(((at - peak) / 3_600 / RUSH_HOURS) ** 2) / 2)) continue;
    const changes = Array.from({ length: dinner.changesPerOrder }, () => at + random() * dinner.kitchenSeconds);
    yield { at, changes };
  }
}

/** So many orders an hour that all shops together have this many a second in the middle of the evening. */
export const ordersPerHourFor = (perSecond: number, shops: number): number =>
  (perSecond * 3_600) / (shops * MEAN_FACTOR * MEAN_AT_MIDDLE);

/** Until the next order, s. */
const wait = (random: () => number, perSecond: number): number => -Math.log(1 - random()) / perSecond;
