import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order } from '#contract/order.ts';
import { createFaultProxy, type FaultProxy } from '#test/faults/fault-proxy.ts';
import { allOrders } from '#test/support/all-orders.ts';
import { createApi } from '#test/support/api.ts';
import { type BridgePage, openBridgePage } from '#test/support/bridge-page.ts';
import { until } from '#test/support/until.ts';
import {
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
 * What it costs a display to become current again after it missed some changes, and what it would cost to fetch
 * everything. The real display program behind a wire that counts: bytes of both directions, TCP payload, from the first
 * to the moment the link is `live`; time from the moment the wire lets anything through.
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
  /** ms. */
  delta: Spread;
  everything: Spread;
}

/** @param options a store of `orders`, of which `changed` are open and were changed `missed` times in all */
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

  const proxy = await createFaultProxy(server.url);
  onCleanUp(proxy.close);
  const before = await temporaryFolder();
  await becomeCurrent(proxy, token, before);
  await inChunks(options.missed, async (i) => {
    await server.api('PATCH', `/orders/${open[i % open.length]}`, shop, { note: `change ${i}` });
  });

  const truth = (await allOrders(createApi(server.url, shop))).filter(({ status }) => status === 'pending');
  const delta: Cost[] = [];
  const everything: Cost[] = [];
  for (let i = 0; i < options.runs; i++) {
    const missing = join(await temporaryFolder(), 'data');
    await cp(before, missing, { recursive: true });
    delta.push(await becomeCurrent(proxy, token, missing, truth));
    everything.push(await becomeCurrent(proxy, token, await temporaryFolder(), truth));
  }
  const bytes = (costs: Cost[]) => spread(costs.map((cost) => cost.bytes)).p50;
  const ms = (costs: Cost[]) => spread(costs.map((cost) => cost.ms));
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return {
    ...options,
    delta_bytes: bytes(delta),
    everything_bytes: bytes(everything),
    bytes_share: share(bytes(delta), bytes(everything)),
    time_share: share(ms(delta).p50, ms(everything).p50),
    delta: ms(delta),
    everything: ms(everything),
  };
}

interface Cost {
  bytes: number;
  ms: number;
}

/** Starts a display behind a wire that holds everything back, and lets go only when somebody looks at its screen. */
async function becomeCurrent(proxy: FaultProxy, token: string, dir: string, truth: Order[] = []): Promise<Cost> {
  const hold = { flow: 'hold' } as const;
  await proxy.set({ up: hold, down: hold });
  const display = await startDisplay(proxy.url, token, dir);
  const page = await openBridgePage(display.address);
  await until('the display calls', () => proxy.traffic().connections > 0, 10_000);
  const live = new Promise<Cost>((resolve) => {
    let from = 0;
    page.on('status', ({ link }) => {
      const { up, down } = proxy.traffic();
      if (from > 0 && link.state === 'live') resolve({ bytes: up + down, ms: performance.now() - from });
    });
    proxy.resetTraffic();
    from = performance.now();
    void proxy.set({});
  });
  const cost = await live;
  await check(page, truth);
  page.close();
  await display.kill();
  return cost;
}

/** A display that is quick and wrong would not count. */
async function check(page: BridgePage, truth: Order[]): Promise<void> {
  const board = await page.call('getBoard', null);
  if (!board.ok) throw new Error(board.error.message);
  const shown = new Map(board.value.tickets.map(({ order }) => [order.id, order.version]));
  for (const { id, version } of truth)
    if (shown.get(id) !== version) throw new Error(`said live with version ${shown.get(id)} of ${id}, not ${version}`);
}

async function inChunks(count: number, work: (i: number) => Promise<void>): Promise<void> {
  const chunk = 50;
  for (let i = 0; i < count; i += chunk)
    await Promise.all(Array.from({ length: Math.min(chunk, count - i) }, (_, k) => work(i + k)));
}
