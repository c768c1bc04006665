import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../scripts/feed/random.ts';
import { type Dinner, type DinnerOrder, ordersOfShop, ordersPerHourFor } from '../scale/dinner.ts';
import { newDatabase, sharedRedis } from '../subjects/shared-servers.ts';
import { startTicketrail, type Ticketrail } from '../subjects/ticketrail.ts';
import { compareInTheEnd } from './compare-in-the-end.ts';
import { ALL_RIGHT, type Evening, type EveningOptions, figuresOf } from './figures-of.ts';
import { createKitchenDisplay } from './kitchen-display.ts';
import { type EveningStore, makeStores } from './make-stores.ts';
import { type Kitchen, type Played, playOrder, TAPS } from './play-orders.ts';
import { usageDuring } from './watch-usage.ts';

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
  const played: Played = { sentAgain: 0, notAccepted: 0, refused: {}, behind: [] };
  const begin = performance.now();
  const busy = await usageDuring(nodes, database, () => play(kitchens, plan, nodes, played));
  const ms = performance.now() - begin;
  await haveAll(kitchens);
  const compared = await compareInTheEnd(kitchens, database);
  const result = figuresOf(options, {
    nodes: NODES,
    kitchens,
    played,
    compared,
    connectSeconds,
    idle,
    busy,
    ms,
    kitchenSeconds,
  });
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
