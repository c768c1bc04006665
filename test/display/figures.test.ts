import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FigureRange, Figures } from '#contract/figures.ts';
import { startOfLocalDay } from '#contract/local-time.ts';
import type { Status } from '#contract/status.ts';
import type { Stats } from '#contract/sync.ts';
import { orderDraft } from '../support/order-draft.ts';
import { type RealDisplay, startRealDisplay } from '../support/real-display.ts';
import { startServer, type TestServer, type TestStore } from '../support/server.ts';
import { until } from '../support/until.ts';

/** Compares the display's figures with the server's, over real sockets and SQLite files at both ends. */

let server: TestServer;
let store: TestStore;
let displays: RealDisplay[];
beforeEach(async () => {
  server = await startServer();
  store = await server.makeStore();
  displays = [];
});
afterEach(async () => {
  for (const display of displays) await display.remove();
  await server.close();
});

async function addDisplay(token = store.display.token): Promise<RealDisplay> {
  const display = await startRealDisplay({ serverUrl: server.url, token });
  displays.push(display);
  await until('live', () => display.screen.link() === 'live', 10_000, 5);
  return display;
}
async function place(more: Record<string, unknown> = {}): Promise<string> {
  const body = { ...orderDraft(), ...more };
  const made = await server.api('POST', '/orders', { token: store.integration.token, body });
  expect(made.status).toBe(201);
  return (made.json as { id: string }).id;
}
async function move(id: string, ...statuses: Status[]): Promise<void> {
  for (const status of statuses) {
    const body = { status, ...(status === 'cancelled' && { reason: 'Sold out' }) };
    const done = await server.api('POST', `/orders/${id}/status`, { token: store.integration.token, body });
    expect(done.status).toBe(200);
  }
}
async function figures({ display }: RealDisplay, range: FigureRange = 'today'): Promise<Figures> {
  const answer = await display.call('getFigures', { range });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value as Figures;
}
async function serversStats(timeZone: string): Promise<Stats> {
  const from = new Date(startOfLocalDay(Date.now(), timeZone)).toISOString();
  const query = `from=${from}&to=${new Date(Date.now() + 60_000).toISOString()}`;
  return (await server.api('GET', `/stats?${query}`, { token: store.display.token })).json as Stats;
}
const zoneOf = ({ screen }: RealDisplay): string => screen.status().store?.timeZone ?? '';

const allOfIt = (display: RealDisplay): Promise<boolean> =>
  until('all of it', async () => (await figures(display)).stats.byStatus.ready === 3, 5_000, 20);

/** A service with every kind of event. */
async function aService(): Promise<void> {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const [ready, done, back, gone, promised] = [
    await place(),
    await place({ totalMinor: 501 }),
    await place(),
    await place(),
    await place({ dueAt: soon }),
  ];
  await place();
  await move(ready, 'preparing', 'ready');
  await move(done, 'preparing', 'ready', 'completed');
  await move(back, 'preparing', 'ready', 'preparing', 'ready', 'completed', 'ready');
  await move(gone, 'preparing', 'cancelled');
  await move(promised, 'preparing', 'ready');
}

describe("today's figures", () => {
  it("equal the server's, whether the display received every step or a snapshot", async () => {
    const one = await addDisplay();
    await aService();
    // This one gets a snapshot.
    const two = await addDisplay(store.display2.token);
    const stats = await serversStats(zoneOf(one));
    expect(stats).toMatchObject({ orders: 6, byStatus: { cancelled: 1, completed: 1 } });
    for (const display of [one, two]) {
      await allOfIt(display);
      expect((await figures(display)).stats).toEqual(stats);
      await until('the footer', () => display.screen.status().stats?.orders === 6, 5_000, 20);
    }
    expect(await figures(one)).toMatchObject({ live: true, late: 0, recalled: 1 });
  });

  it('stay the same after the server has stopped and the display has restarted', async () => {
    const one = await addDisplay();
    await aService();
    await allOfIt(one);
    const { stats } = await figures(one);
    await server.close();
    const again = await one.again();
    displays = [again];
    const offline = await figures(again);
    expect(offline.live).toBe(false);
    expect(offline.asOf).toBeLessThanOrEqual(Date.now());
    expect(offline).toMatchObject({ stats, recalled: 1 });
    expect(again.screen.status().stats).toEqual(stats);
    expect((await figures(again, 'week')).stats.orders).toBe(6);
    expect((await figures(again, 'yesterday')).stats.orders).toBe(0);
  });
});
