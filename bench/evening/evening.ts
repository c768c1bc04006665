import { setTimeout as sleep } from 'node:timers/promises';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { createRandom } from '../../scripts/feed/random.ts';
import { type Dinner, type DinnerOrder, ordersOfShop, ordersPerHourFor } from '../scale/dinner.ts';
import { newDatabase, sharedRedis } from '../subjects/shared-servers.ts';
import { startTicketrail, type Ticketrail } from '../subjects/ticketrail.ts';
import { type Spread, spread } from '../support.ts';
import { type Compared, compareInTheEnd } from './compare-in-the-end.ts';
import { createKitchenDisplay, type DisplayFaults } from './kitchen-display.ts';
import { type EveningStore, makeStores } from './make-stores.ts';
import { type Kitchen, type Played, playOrder, TAPS } from './play-orders.ts';
import { type Usage, usageDuring } from './watch-usage.ts';

export interface EveningOptions {
  /** Each with a display. */
  stores: number;
  /** Orders come in for so long; then the kitchens finish. */
  seconds: number;
  /** Orders a second in all stores together; each has seven more changes. */
  rate: number;
}

/** Figures of {@link evening}; times in ms. */
export interface Evening extends EveningOptions, Compared, DisplayFaults, Omit<Played, 'behind' | 'refused'> {
  /** {@link ALL_RIGHT}, or what is not. */
  verdict: string;
  nodes: number;
  kitchenSeconds: number;
  orders: number;
  changes: number;
  /** Changes that arrived later than {@link LIVE_WITHIN_MS}. */
  late: number;
  /** Taps that were not applied. */
  refused: string;
  connectSeconds: number;
  longestSilence: number;
  /** From sending until the display has it. */
  order_to_display: Spread;
  tap_to_display: Spread;
  /** From sending until the answer. */
  order_answered: Spread;
  /** By how much this process sent later than planned. */
  behind_plan: Spread;
  busy: Usage;
  /** With all displays connected and no orders. */
  idle: Usage;
  /** CPU time of the nodes and of PostgreSQL for a change, with its delivery, less what the idle displays take. */
  nodeMsPerChange: number;
  databaseMsPerChange: number;
}

const ALL_RIGHT = 'nothing late, nothing lost';
const NODES = 2;
const CONNECT_AT_ONCE = 50;
const IDLE_SECONDS = 10;
/** Orders go through the kitchen faster than in twenty minutes, so that all their changes are in a short run. */
const KITCHEN_SHARE = 0.2;
const MOST_KITCHEN_SECONDS = 20 * 60;
const HOURS = 4;
const SEED = 20_261_130;
/** What has not arrived by then after the last tap is lost, ms. */
const LOST_AFTER_MS = 30_000;

/** The busiest minutes of a dinner in real time: stores, displays and kitchens on two nodes, PostgreSQL and Redis. */
export async function evening(options: EveningOptions): Promise<Evening> {
  const database = await newDatabase();
  say(`making ${options.stores} stores …`);
  const stores = await makeStores(database.url, options.stores);
  const epochs = new Map(
    (await database.run('select store_id, epoch from store_logs')).map((row) => [row.store_id, String(row.epoch)]),
  );
  const nodes = await startTicketrail({ database, redisUrl: await sharedRedis(), nodes: NODES });
  const kitchens = stores.map((store, i): Kitchen => {
    const urls = Array.from({ length: NODES }, (_, node) => nodes.url(node + i));
    return {
      store,
      display: createKitchenDisplay(urls, store.display, epochs.get(store.id) ?? ''),
      orders: [],
      taps: [],
    };
  });
  say('connecting …');
  const connectSeconds = await connectAll(kitchens);
  const idle = await usageDuring(nodes, database, () => sleep(IDLE_SECONDS * 1_000));

  say('playing …');
  const { plan, kitchenSeconds } = planOf(options, stores);
  const played: Played = { sentAgain: 0, refused: {}, behind: [] };
  const begin = performance.now();
  const busy = await usageDuring(nodes, database, () => play(kitchens, plan, nodes, played));
  const ms = performance.now() - begin;
  await haveAll(kitchens);
  const compared = await compareInTheEnd(kitchens, database);
  const result = figuresOf(options, { kitchens, played, compared, connectSeconds, idle, busy, ms, kitchenSeconds });
  for (const { display } of kitchens) display.close();
  await nodes.stop();
  if (result.verdict !== ALL_RIGHT) process.exitCode = 1;
  return result;
}

const say = (what: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${what}`);

/** @returns seconds */
async function connectAll(kitchens: readonly Kitchen[]): Promise<number> {
  const begin = performance.now();
  for (let i = 0; i < kitchens.length; i += CONNECT_AT_ONCE)
    await Promise.all(kitchens.slice(i, i + CONNECT_AT_ONCE).map(({ display }) => display.connect()));
  return (performance.now() - begin) / 1_000;
}

/** The orders of each store in the middle of the evening; s from the beginning. */
function planOf({ stores, seconds, rate }: EveningOptions, { length }: readonly EveningStore[]) {
  const kitchenSeconds = Math.min(MOST_KITCHEN_SECONDS, seconds * KITCHEN_SHARE);
  const dinner: Dinner = {
    shops: stores,
    displaysPerShop: 1,
    ordersPerHour: ordersPerHourFor(rate, stores),
    changesPerOrder: TAPS,
    kitchenSeconds,
    hours: HOURS,
  };
  const { next } = createRandom(SEED);
  const from = (HOURS * 3_600 - seconds) / 2;
  const plan = Array.from({ length }, () =>
    [...ordersOfShop(dinner, next)]
      .filter(({ at }) => at >= from && at < from + seconds)
      .map(({ at, changes }): DinnerOrder => ({ at: at - from, changes: changes.map((one) => one - from) })),
  );
  return { plan, kitchenSeconds };
}

async function play(
  kitchens: readonly Kitchen[],
  plan: readonly DinnerOrder[][],
  { call }: Ticketrail,
  played: Played,
): Promise<void> {
  const beganAt = performance.now();
  await Promise.all(
    kitchens.flatMap((kitchen, i) =>
      (plan[i] ?? []).map((order) => playOrder(kitchen, order, { call, beganAt, played })),
    ),
  );
}

/** Resolves when each display has all that was accepted, or when it is lost. */
async function haveAll(kitchens: readonly Kitchen[]): Promise<void> {
  const until = performance.now() + LOST_AFTER_MS;
  const isMissing = ({ display, orders, taps }: Kitchen) =>
    [...orders, ...taps].some(({ seq }) => display.position.cursor < seq);
  while (kitchens.some(isMissing) && performance.now() < until) await sleep(100);
}

interface Taken {
  kitchens: readonly Kitchen[];
  played: Played;
  compared: Compared;
  connectSeconds: number;
  kitchenSeconds: number;
  idle: Usage;
  busy: Usage;
  ms: number;
}

function figuresOf(options: EveningOptions, taken: Taken): Evening {
  const { kitchens, played, compared, idle, busy, ms, ...more } = taken;
  const delays = (of: 'orders' | 'taps') =>
    kitchens.flatMap(({ display, [of]: sent }) =>
      sent.flatMap(({ seq, sentAt }) => {
        const at = display.arrivedAt.get(seq);
        return at === undefined ? [] : [at - sentAt];
      }),
    );
  const ofOrders = delays('orders');
  const ofTaps = delays('taps');
  const orders = kitchens.flatMap((kitchen) => kitchen.orders);
  const changes = orders.length + kitchens.reduce((sum, { taps }) => sum + taps.length, 0);
  const late = [...ofOrders, ...ofTaps].filter((delay) => delay > LIVE_WITHIN_MS).length;
  const faults = (of: keyof DisplayFaults) => kitchens.reduce((sum, { display }) => sum + display.faults[of], 0);
  const longestSilence = Math.max(...kitchens.map(({ display }) => display.longestSilence()));
  const perChange = (of: 'nodeCores' | 'databaseCores') => ((busy[of] - idle[of]) * ms) / changes;
  const taps = Object.entries(played.refused).map(([outcome, count]) => `${count} ${outcome}`);
  const wrong = Object.entries({ ...compared, late, gaps: faults('gaps'), startedOver: faults('startedOver') })
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what} ${count}`);
  if (longestSilence > LIVE_WITHIN_MS) wrong.push(`a display heard nothing for ${Math.round(longestSilence)} ms`);
  return {
    verdict: wrong.length === 0 ? ALL_RIGHT : wrong.join(', '),
    ...options,
    ...more,
    nodes: NODES,
    orders: orders.length,
    changes,
    late,
    ...compared,
    gaps: faults('gaps'),
    startedOver: faults('startedOver'),
    connectionsLost: faults('connectionsLost'),
    sentAgain: played.sentAgain,
    refused: taps.join(', ') || 'none',
    longestSilence,
    order_to_display: spread(ofOrders),
    tap_to_display: spread(ofTaps),
    order_answered: spread(orders.map(({ sentAt, answeredAt }) => answeredAt - sentAt)),
    behind_plan: spread(played.behind),
    busy,
    idle,
    nodeMsPerChange: perChange('nodeCores'),
    databaseMsPerChange: perChange('databaseCores'),
  };
}
