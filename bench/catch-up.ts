import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Order } from '#contract/order.ts';
import { createFaultProxy, type FaultProxy } from '#test/faults/fault-proxy.ts';
import { allOrders } from '#test/support/all-orders.ts';
import { createApi } from '#test/support/api.ts';
import { type BridgePage, openBridgePage } from '#test/support/bridge-page.ts';
import { until } from '#test/support/until.ts';
import {
  type BenchServer,
  makeStore,
  onCleanUp,
  type Spread,
  someOrder,
  spread,
  startDisplay,
  startServer,
  temporaryFolder,
} from './support.ts';

/**
 * The cost for a display to catch up after missing some changes, compared with fetching everything. The real program runs
 * behind a counting proxy. It counts the TCP payload of both directions and the time from the moment the proxy lets data
 * through until the screen shows `live`. Measured twice: for a display that kept running without its network, and for one
 * that starts, where a display with an empty folder fetches everything.
 */
export interface CatchUp {
  orders: number;
  missed: number;
  changed: number;
  runs: number;
  delta_bytes: number;
  everything_bytes: number;
  bytes_share: string;
  time_share: string;
  time_share_started: string;
  /** ms. */
  delta: Spread;
  everything: Spread;
  delta_started: Spread;
  everything_started: Spread;
}

/** Length of an outage, ms: longer than a display takes to notice it. */
const AWAY_MS = 20_000;

/** @param options a store of `orders`, of which `changed` are open and get `missed` changes in total */
export async function catchUp(options: {
  orders: number;
  missed: number;
  changed: number;
  runs: number;
}): Promise<CatchUp> {
  const server = await startServer();
  const { device } = await makeStore(server);
  const shop = await device('integration');
  const token = await device('display');
  const open: string[] = [];
  await inChunks(options.orders, async (i) => {
    const status = i < options.changed ? 'pending' : 'completed';
    const { id } = await server.api('POST', '/orders', shop, { ...someOrder(i), status });
    if (i < options.changed) open.push(String(id));
  });
  const change = () =>
    inChunks(options.missed, async (i) => {
      const note = `change ${i} of ${Date.now()}`;
      await server.api('PATCH', `/orders/${open[i % open.length]}`, shop, { note });
    });
  const board = async () => (await allOrders(createApi(server.url, shop))).filter(({ status }) => status === 'pending');

  const proxy = await createFaultProxy(server.url);
  onCleanUp(proxy.close);
  const before = await temporaryFolder();
  await (await startHeld(proxy, token, before)).end();
  await change();

  const started: Costs = { delta: [], everything: [] };
  for (let i = 0; i < options.runs; i++) {
    const missing = join(await temporaryFolder(), 'data');
    await cp(before, missing, { recursive: true });
    const now = await board();
    for (const [kind, dir] of [['delta', missing] as const, ['everything', await temporaryFolder()] as const]) {
      const display = await startHeld(proxy, token, dir);
      started[kind].push(display.cost);
      await check(display.page, now);
      await display.end();
    }
  }

  const running: Costs = { delta: [], everything: [] };
  const { page, end } = await startHeld(proxy, token, before);
  for (let i = 0; i < options.runs; i++) {
    await cutOff(proxy);
    await change();
    await sleep(AWAY_MS);
    const now = await board();
    running.delta.push(await reconnect(proxy, page));
    await check(page, now);

    await cutOff(proxy);
    await startNewEpoch(server);
    await warmUp(server, token);
    await sleep(AWAY_MS);
    running.everything.push(await reconnect(proxy, page));
    await check(page, now);
  }
  await end();

  const bytes = (costs: Cost[]) => spread(costs.map((cost) => cost.bytes)).p50;
  const ms = (costs: Cost[]) => spread(costs.map((cost) => cost.ms));
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const timeShare = (costs: Costs) => share(ms(costs.delta).p50, ms(costs.everything).p50);
  return {
    ...options,
    delta_bytes: bytes(running.delta),
    everything_bytes: bytes(running.everything),
    bytes_share: share(bytes(running.delta), bytes(running.everything)),
    time_share: timeShare(running),
    time_share_started: timeShare(started),
    delta: ms(running.delta),
    everything: ms(running.everything),
    delta_started: ms(started.delta),
    everything_started: ms(started.everything),
  };
}

interface Cost {
  bytes: number;
  ms: number;
}
interface Costs {
  delta: Cost[];
  everything: Cost[];
}

/** Starts a display behind a proxy that holds everything until the test observes the screen. */
async function startHeld(proxy: FaultProxy, token: string, dir: string) {
  const hold = { flow: 'hold' } as const;
  await proxy.set({ up: hold, down: hold });
  const display = await startDisplay(proxy.url, token, dir);
  const page = await openBridgePage(display.address);
  await until('the display calls', () => proxy.traffic().connections > 0, 10_000);
  const cost = await untilLive(proxy, page, () => void proxy.set({}));
  const end = async () => {
    page.close();
    await display.stop();
  };
  return { cost, page, end };
}

/** Takes the network away: ends open connections and refuses new ones. */
async function cutOff(proxy: FaultProxy): Promise<void> {
  await proxy.set({ refuse: true });
  proxy.cut('reset');
}

/** Restores the network and presses refresh, so that the back-off is not measured. */
async function reconnect(proxy: FaultProxy, page: BridgePage): Promise<Cost> {
  await proxy.set({});
  return untilLive(proxy, page, () => void page.call('refresh', null));
}

function untilLive(proxy: FaultProxy, page: BridgePage, begin: () => void): Promise<Cost> {
  return new Promise((resolve) => {
    proxy.resetTraffic();
    const from = performance.now();
    const undo = page.on('status', ({ link }) => {
      if (link.state !== 'live') return;
      undo();
      const { up, down } = proxy.traffic();
      resolve({ bytes: up + down, ms: performance.now() - from });
    });
    begin();
  });
}

/** Gives the server's history another epoch: every display starts over (S2). */
async function startNewEpoch(server: BenchServer): Promise<void> {
  await server.stop();
  const db = new Sqlite(join(server.dir, 'server.db'));
  db.prepare('UPDATE store_logs SET epoch = ?').run(`epoch-${Date.now()}`);
  db.close();
  await server.start();
}

/** A server is slow just after its start, which would inflate the cost of fetching everything. */
async function warmUp(server: BenchServer, token: string): Promise<void> {
  for (let i = 0; i < 3; i++) await server.api('GET', '/snapshot', token);
}

/** A fast but wrong display must not count. */
async function check(page: BridgePage, expected: Order[]): Promise<void> {
  const board = await page.call('getBoard', null);
  if (!board.ok) throw new Error(board.error.message);
  const shown = new Map(board.value.tickets.map(({ order }) => [order.id, order.version]));
  for (const { id, version } of expected)
    if (shown.get(id) !== version) throw new Error(`said live with version ${shown.get(id)} of ${id}, not ${version}`);
}

async function inChunks(count: number, work: (i: number) => Promise<void>): Promise<void> {
  const chunk = 50;
  for (let i = 0; i < count; i += chunk)
    await Promise.all(Array.from({ length: Math.min(chunk, count - i) }, (_, k) => work(i + k)));
}
