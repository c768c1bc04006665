import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MadeSource } from '#contract/source.ts';
import { adapterOf } from '#server/sources/all-adapters.ts';
import type { FakeService } from '#server/sources/testing/fake-service.ts';
import { createTargetProcess } from '#test/crash/target-process.ts';
import { allOrders } from '#test/support/all-orders.ts';
import { type Api, createApi } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { createRandom, type Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { type FollowedOrders, followOrders } from './follow-orders.ts';
import { judge } from './judge.ts';
import { type Arrival, measureArrival } from './measure-arrival.ts';
import { cook } from './run-kitchen.ts';
import { runShopLoad, type ShopLoad } from './shop-load.ts';

const ADMIN_TOKEN = 'admin-token-of-the-sources-0123456789';
const QUIET_WITHIN_MS = 180_000;
/** Between two orders on average, ms. */
const PACE_MS = 25;

export interface SourcesOptions {
  createFake: () => Promise<FakeService>;
  orders: number;
  kills: number;
  seed: number;
  /** Orders whose arrival is measured at the end in the first shop, with a webhook and without. */
  measured: { rung: number; silent: number };
  say?: (line: string) => void;
}

export interface SourcesReport {
  seconds: number;
  /** More than one if the service allows too few calls for all the orders in one account. */
  shops: number;
  pollSeconds: number | null;
  webhooks: ShopLoad['webhooks'];
  /** Orders that the kitchen finished; how often the service was called, and was told the same step of an order again. */
  cooked: number;
  calls: number;
  repeatedSteps: number;
  arrival: Arrival;
  /** [] when all is well. */
  violations: string[];
}

/** One account of the service, and the store that its orders come to. */
interface Shop {
  fake: FakeService;
  source: MadeSource;
  /** As an integration of the store. */
  api: Api;
  display: FollowedOrders;
  isOurs: Set<string>;
}

/**
 * Runs a server as a real process against the fake of a service under load, kills it with `kill -9` again and again, and
 * compares both sides when all is quiet. More orders than a service allows an account are spread over several accounts.
 */
export async function runSources(options: SourcesOptions): Promise<SourcesReport> {
  const { createFake, orders, kills, seed, measured, say } = options;
  const began = performance.now();
  const random = createRandom(seed);
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-sources-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = createTargetProcess({
    name: 'server',
    file: 'server/src/main.ts',
    args: [],
    env: {
      PORT: String(port),
      DATABASE_URL: `file:${join(dir, 'server.db')}`,
      ADMIN_TOKEN,
      PRIVATE_TARGETS: '1',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
    },
    ready: async () =>
      (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok ? true : null,
  });
  const admin = createApi(url, ADMIN_TOKEN);
  const first = await createFake();
  const most = first.mostOrders ?? orders;
  const fakes = [first];
  while (fakes.length * most < orders) fakes.push(await createFake());
  const stops: (() => unknown)[] = [...fakes.map((fake) => fake.close), server.kill];
  try {
    await server.start();
    const cooking: Promise<string | null>[] = [];
    const shops: Shop[] = [];
    for (const [i, fake] of fakes.entries()) {
      const { source, token } = await addSource(admin, fake, `shop-${i + 1}`);
      const api = createApi(url, token.integration);
      const isOurs = new Set<string>();
      const display = await followOrders(url, token.display, (order) => {
        if (order.externalId && isOurs.has(order.externalId)) cooking.push(cook(api, order, createRandom(seed)));
      });
      stops.push(display.stop);
      shops.push({ fake, source, api, display, isOurs });
    }
    const killAfter = new Set(Array.from({ length: kills }, (_, at) => Math.ceil(((at + 0.5) * orders) / kills)));
    let restarting = Promise.resolve();
    let placed = 0;
    async function onOrder(): Promise<void> {
      const order = ++placed;
      if (order % 200 === 0)
        say?.(`${order} orders, ${shops.reduce((sum, { display }) => sum + display.seenAt.size, 0)} on the screens`);
      if (!killAfter.has(order)) return;
      await restarting;
      await server.kill();
      // It serves for a while before the next kill.
      restarting = sleep(random.int(0, 300))
        .then(server.start)
        .then(() => sleep(random.int(500, 4_000)));
    }
    const loads = await Promise.all(
      shops.map(async ({ fake, source, isOurs }, i) => {
        const share = Math.min(most, orders - i * most);
        const own = shops.length === 1 ? random : createRandom(seed + i);
        const paceMs = PACE_MS * shops.length;
        const load = await runShopLoad({ fake, source, orders: share, paceMs, random: own, isOurs, onOrder });
        return { load, fake };
      }),
    );
    await restarting;
    for (const { load } of loads) await load.sent();
    say?.('all webhooks sent');
    const look = async () => {
      const wrong = await Promise.all(
        shops.map(async ({ fake, api }, i) => judge(fake, loads[i]?.load.placed.values() ?? [], await allOrders(api))),
      );
      return wrong.flatMap((some, i) => some.map((one) => (shops.length === 1 ? one : `shop ${i + 1}, ${one}`)));
    };
    await until('all the same', async () => (await look()).length === 0, QUIET_WITHIN_MS, 1_000).catch(() => null);
    const uncooked = (await Promise.all(cooking)).filter((why) => why !== null);
    const violations = [...uncooked, ...(await look())];
    say?.('quiet');
    const webhooks = { sent: 0, lost: 0, forged: 0, forgedTaken: 0 };
    for (const { load } of loads)
      for (const key of ['sent', 'lost', 'forged', 'forgedTaken'] as const) webhooks[key] += load.webhooks[key];
    if (webhooks.forgedTaken > 0) violations.push(`${webhooks.forgedTaken} forged webhooks were taken`);
    const arrival = await arrivalIn(shops[0] as Shop, admin, { random, from: most + 1, ...measured });
    const said = loads.flatMap(({ load, fake }) => [...load.placed.keys()].map((order) => fake.said(order)));
    return {
      seconds: (performance.now() - began) / 1_000,
      shops: shops.length,
      pollSeconds: pollSecondsOf(shops[0] as Shop),
      webhooks,
      cooked: cooking.length,
      calls: fakes.reduce((sum, fake) => sum + fake.calls().length, 0),
      repeatedSteps: said.reduce((sum, words) => sum + words.length - new Set(words).size, 0),
      arrival,
      violations,
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const pollSecondsOf = ({ source }: Shop): number | null => (source.settings.pollSeconds as number | undefined) ?? null;

async function arrivalIn(
  shop: Shop,
  admin: Api,
  options: { random: Random; from: number; rung: number; silent: number },
): Promise<Arrival> {
  const pollSeconds = pollSecondsOf(shop);
  // What it was to answer wrongly was answered.
  while (pollSeconds !== null && (await admin('POST', `/sources/${shop.source.id}/pull`)).status !== 200)
    await sleep(500);
  return measureArrival({ ...shop, ...options, ...(pollSeconds === null && { silent: 0 }) });
}

/** A store with a display, an integration, and the source that reaches the fake. */
async function addSource(admin: Api, fake: FakeService, id: string) {
  const good = async <T>(path: string, body: object): Promise<T> => {
    const answer = await admin<T>('POST', path, { body });
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await good('/stores', { id, name: id, currency: 'EUR', timeZone: 'Europe/Berlin' });
  const device = (role: string) => good<{ token: string }>(`/stores/${id}/devices`, { name: role, role });
  const token = { display: (await device('display')).token, integration: (await device('integration')).token };
  const least = adapterOf(fake.kind)?.pollSeconds?.least;
  const source = await good<MadeSource>(`/stores/${id}/sources`, {
    kind: fake.kind,
    name: 'The shop',
    settings: { ...fake.settings, ...(least && { pollSeconds: least }) },
    ...(fake.secret && { secret: fake.secret }),
  });
  return { source, token };
}
