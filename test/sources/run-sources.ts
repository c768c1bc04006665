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
import { createRandom } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { followOrders } from './follow-orders.ts';
import { judge } from './judge.ts';
import { type Arrival, measureArrival } from './measure-arrival.ts';
import { cook } from './run-kitchen.ts';
import { runShopLoad, type ShopLoad } from './shop-load.ts';

const ADMIN_TOKEN = 'admin-token-of-the-sources-0123456789';
const QUIET_WITHIN_MS = 180_000;

export interface SourcesOptions {
  createFake: () => Promise<FakeService>;
  orders: number;
  kills: number;
  seed: number;
  /** Orders whose arrival is measured at the end, with a webhook and without. */
  measured: { rung: number; silent: number };
  say?: (line: string) => void;
}

export interface SourcesReport {
  seconds: number;
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

/**
 * Runs a server as a real process against the fake of a service under load, kills it with `kill -9` again and again, and
 * compares both sides when all is quiet.
 */
export async function runSources(options: SourcesOptions): Promise<SourcesReport> {
  const { createFake, kills, seed, measured, say } = options;
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
  const fake = await createFake();
  const orders = Math.min(options.orders, fake.mostOrders ?? options.orders);
  const stops: (() => unknown)[] = [fake.close, server.kill];
  try {
    await server.start();
    const { source, token } = await addSource(admin, fake);
    const shop = createApi(url, token.integration);
    const cooking: Promise<string | null>[] = [];
    const isOurs = new Set<string>();
    const display = await followOrders(url, token.display, (order) => {
      if (order.externalId && isOurs.has(order.externalId)) cooking.push(cook(shop, order, createRandom(seed)));
    });
    stops.push(display.stop);
    const killAfter = new Set(Array.from({ length: kills }, (_, at) => Math.ceil(((at + 0.5) * orders) / kills)));
    let restarting = Promise.resolve();
    const load = await runShopLoad({
      fake,
      source,
      orders,
      paceMs: 25,
      random,
      isOurs,
      async onOrder(order) {
        if (order % 200 === 0) say?.(`${order} orders, ${display.seenAt.size} on the screen`);
        if (!killAfter.has(order)) return;
        await restarting;
        await server.kill();
        // It serves for a while before the next kill.
        restarting = sleep(random.int(0, 300))
          .then(server.start)
          .then(() => sleep(random.int(500, 4_000)));
      },
    });
    await restarting;
    await load.sent();
    say?.('all webhooks sent');
    const look = async () => judge(fake, load.placed.values(), await allOrders(shop));
    await until('all the same', async () => (await look()).length === 0, QUIET_WITHIN_MS, 1_000).catch(() => null);
    const uncooked = (await Promise.all(cooking)).filter((why) => why !== null);
    const violations = [...uncooked, ...(await look())];
    say?.('quiet');
    if (load.webhooks.forgedTaken > 0) violations.push(`${load.webhooks.forgedTaken} forged webhooks were taken`);
    const pollSeconds = (source.settings.pollSeconds as number | undefined) ?? null;
    // What it was to answer wrongly was answered.
    while (pollSeconds !== null && (await admin('POST', `/sources/${source.id}/pull`)).status !== 200) await sleep(500);
    const counts = { ...measured, ...(pollSeconds === null && { silent: 0 }) };
    const arrival = await measureArrival({ fake, source, display, random, from: orders + 1, ...counts });
    const said = [...load.placed.keys()].map((order) => fake.said(order));
    return {
      seconds: (performance.now() - began) / 1_000,
      pollSeconds,
      webhooks: load.webhooks,
      cooked: cooking.length,
      calls: fake.calls().length,
      repeatedSteps: said.reduce((sum, words) => sum + words.length - new Set(words).size, 0),
      arrival,
      violations,
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A store with a display, an integration, and the source that reaches the fake. */
async function addSource(admin: Api, fake: FakeService) {
  const good = async <T>(path: string, body: object): Promise<T> => {
    const answer = await admin<T>('POST', path, { body });
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await good('/stores', { id: 'main', name: 'Main', currency: 'EUR', timeZone: 'Europe/Berlin' });
  const device = (role: string) => good<{ token: string }>('/stores/main/devices', { name: role, role });
  const token = { display: (await device('display')).token, integration: (await device('integration')).token };
  const least = adapterOf(fake.kind)?.pollSeconds?.least;
  const source = await good<MadeSource>('/stores/main/sources', {
    kind: fake.kind,
    name: 'The shop',
    settings: { ...fake.settings, ...(least && { pollSeconds: least }) },
    ...(fake.secret && { secret: fake.secret }),
  });
  return { source, token };
}
