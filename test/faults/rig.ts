import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Order } from '#contract/order.ts';
import type { Settings } from '#contract/settings.ts';
import type { Device } from '#contract/store.ts';
import type { Change } from '#contract/sync.ts';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { caller } from '#test/e2e/support/shop.ts';
import { allOrders } from '#test/support/all-orders.ts';
import { createApi } from '#test/support/api.ts';
import { openBridgePage } from '#test/support/bridge-page.ts';
import { freePort } from '#test/support/free-port.ts';
import { startProgram } from '#test/support/program.ts';
import { until } from '#test/support/until.ts';
import { examine, type Tap } from './examine.ts';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { createObserver, type Fact, type Observer } from './observer.ts';

/** The network between a display and its server. */
export interface Wire {
  /** Where the display finds the server. */
  url: string;
  /** Ends the fault. */
  repair(): Promise<void>;
  close(): Promise<void>;
}

/** Where a display runs if not beside the test (see `startProgram`), with its address there. */
export interface Place {
  inside: readonly string[];
  host: string;
}

/** A shop with one display, a real process behind its own wire, and an observer of its screen. */
export interface Rig<W extends Wire = FaultProxy> {
  wire: W;
  observer: Observer;
  facts: Fact[];
  /** Places an order directly at the server. */
  order(): Promise<Order>;
  /** Taps on the screen; resolves when the tap is on the display's disk. */
  tap(orderId: string, intent: Intent): Promise<void>;
  status(): Promise<DisplayStatus>;
  refresh(): Promise<unknown>;
  changeSettings(change: Partial<Settings>): Promise<unknown>;
  /** The display as the server sees it. */
  seenByServer(): Promise<Device>;
  /** The order on the server. */
  read(orderId: string): Promise<Order>;
  /** Waits until the link is live and the queue empty. @returns everything that is lost, doubled or different */
  settle(withinMs: number): Promise<string[]>;
  close(): Promise<void>;
}

/** A rig behind a proxy. @param seed of the wire's jitter */
export async function createProxyRig(serverUrl: string, dir: string, name: string, seed = 1): Promise<Rig> {
  return createRig(serverUrl, dir, name, await createFaultProxy(serverUrl, seed));
}

/** @param serverUrl how the test reaches the server directly, without the wire */
export async function createRig<W extends Wire>(
  serverUrl: string,
  dir: string,
  name: string,
  wire: W,
  place: Place = { inside: [], host: '127.0.0.1' },
): Promise<Rig<W>> {
  const storeId = name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
  const admin = caller(serverUrl, ADMIN_TOKEN);
  await admin('POST', '/stores', { id: storeId, name, currency: 'GEL', timeZone: 'Asia/Tbilisi' });
  const device = (role: string) =>
    admin<{ deviceId: string; token: string }>('POST', `/stores/${storeId}/devices`, { name: role, role });
  const shopToken = (await device('integration')).token;
  const shop = caller(serverUrl, shopToken);
  const { deviceId, token } = await device('display');
  const program = await startProgram(
    'scripts/display-web.ts',
    [
      ...['--server', wire.url, '--data', join(dir, storeId)],
      ...['--host', place.host, '--port', String(await freePort())],
    ],
    { TICKETRAIL_TOKEN: token },
    (output) => /display ready (\S+)/.exec(output)?.[1] ?? null,
    place.inside,
  );
  const page = await openBridgePage(program.ready);
  const observer = createObserver(page);
  const facts: Fact[] = [];
  const taps: Tap[] = [];
  let placed = 0;

  async function call<K extends CallName>(what: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const answer = await page.call(what, input);
    if (!answer.ok) throw new Error(`${what}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  }
  const status = () => call('getStatus', null);

  async function aftermath(): Promise<string[]> {
    const orders = await allOrders(createApi(serverUrl, shopToken));
    const changes: Change[] = [];
    for (const { id } of orders)
      changes.push(...(await shop<{ changes: Change[] }>('GET', `/orders/${id}/history`)).changes);
    const board = await call('getBoard', null);
    return examine({ placed, deviceId, taps, orders, changes, board, status: await status(), observer });
  }

  return {
    wire,
    observer,
    facts,
    async order() {
      placed += 1;
      const order = await shop<Order>('POST', '/orders', draft(storeId, placed));
      facts.push({ at: performance.now(), orderId: order.id, version: order.version });
      return order;
    },
    async tap(orderId, intent) {
      const { commandId } = await call('command', { orderId, intent });
      taps.push({ commandId, orderId, intent });
    },
    status,
    refresh: () => call('refresh', null),
    changeSettings: (change) => call('changeSettings', change),
    async seenByServer() {
      const { devices } = await admin<{ devices: Device[] }>('GET', `/stores/${storeId}/devices`);
      const seen = devices.find((one) => one.deviceId === deviceId);
      if (!seen) throw new Error('the server does not know the display');
      return seen;
    },
    read: (orderId) => shop('GET', `/orders/${orderId}`),
    async settle(withinMs) {
      const isQuiet = async (): Promise<true> => {
        const { link, queueCount } = await status();
        if (link.state === 'live' && observer.state() === 'live' && queueCount === 0) return true;
        throw new Error(`${link.state}, ${queueCount} in the queue`);
      };
      await until(`${name}: live with an empty queue`, isQuiet, withinMs);
      // The page gets its patches a frame later.
      return until('both ends the same', async () => ((await aftermath()).length === 0 ? [] : null), 2_000).catch(
        aftermath,
      );
    },
    async close() {
      observer.stop();
      page.close();
      await program.stop();
      await wire.close();
    },
  };
}

const draft = (storeId: string, count: number) => ({
  externalId: `${storeId}-${count}`,
  items: [{ name: 'Khinkali, beef & pork', quantity: 5, modifiers: [{ name: 'black pepper' }], note: 'no coriander' }],
  currency: 'GEL',
  totalMinor: 1_200 + count,
});
