import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { addManyOrders } from '../testing/many-orders.ts';

const ORDERS = 10_000;

let server: TestServer;
afterEach(() => server.close());

/** A store with many orders, and a display's token that asks for them. */
async function start(count: number): Promise<TestStore> {
  server = await startServer();
  const store = await server.makeStore();
  await addManyOrders(`${server.dir}/server.db`, { storeId: store.id, count, newest: Date.now() });
  return store;
}

const get = (path: string, token: string) => server.api('GET', path, { token });
describe('reads that take long', () => {
  it("a store's intake stays alive whatever one token of another store does", async () => {
    const hostile = await start(ORDERS);
    const other = await server.makeStore();
    const { token } = hostile.display;
    /** The slowest but one of 40 orders, ms. */
    async function slowest(): Promise<number> {
      const times: number[] = [];
      for (let i = 0; i < 40; i++) {
        const began = performance.now();
        const { status } = await server.api('POST', '/orders', {
          token: other.integration.token,
          body: orderDraft(),
        });
        expect(status).toBe(201);
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b).at(-2) ?? 0;
    }
    await slowest();
    const quiet = await slowest();
    let over = false;
    let asked = 0;
    async function ask(): Promise<void> {
      for (; !over; asked++) await get(asked % 2 ? '/stats?from=2020-01-01T00:00:00Z' : '/orders?q=zz', token);
    }
    const asking = Array.from({ length: 40 }, ask);
    const busy = await slowest();
    over = true;
    await Promise.all(asking);
    expect(asked).toBeGreaterThan(0);
    // In milliseconds the quiet time is too small to be measured on a machine that does other work too.
    expect(busy).toBeLessThan(5 * Math.max(quiet, 20));
  }, 120_000);

  it('of one token run one at a time, and more than fifty waiting get 429 with Retry-After', async () => {
    const store = await start(5_000);
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => get('/stats?from=2020-01-01T00:00:00Z', store.display.token)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(51);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, json } of refused) {
      expect(headers.get('retry-after')).toBe('1');
      expect(json.error.code).toBe('rate_limited');
    }
  });

  it('end when their client goes', async () => {
    const store = await start(6_000);
    const { token } = store.display;
    async function search(): Promise<number> {
      const began = performance.now();
      expect((await get('/orders?q=zz', token)).status).toBe(200);
      return performance.now() - began;
    }
    await search();
    const alone = await search();
    const headers = { authorization: `Bearer ${token}` };
    const gone = Array.from({ length: 30 }, () =>
      request(`${server.url}/api/v1/orders?q=zz`, { headers, agent: false })
        .on('error', () => {})
        .end(),
    );
    await pause(alone);
    for (const one of gone) one.destroy();
    expect(await search()).toBeLessThan(15 * alone);
  }, 60_000);
});
