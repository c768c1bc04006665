import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { addManyOrders } from '../testing/many-orders.ts';
import { createHeavyReads, QUERIES } from './heavy-reads.ts';
import { addErrors } from './http-errors.ts';

const ORDERS = 3_000;

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
  await addManyOrders(`${server.dir}/server.db`, { storeId: store.id, count: ORDERS, newest: Date.now() });
}, 60_000);
afterAll(() => server.close());

const get = (path: string, token: string) => server.api('GET', path, { token });

describe('reads that take long', () => {
  it("a store's intake stays alive whatever one token of another store does", async () => {
    const { integration } = await server.makeStore();
    /** The slowest but one of 30 orders, ms. */
    async function slowest(): Promise<number> {
      const times: number[] = [];
      for (let i = 0; i < 30; i++) {
        const began = performance.now();
        const { status } = await server.api('POST', '/orders', { token: integration.token, body: orderDraft() });
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
      for (; !over; asked++) {
        const path = asked % 2 ? '/stats?from=2020-01-01T00:00:00Z' : '/orders?q=zz';
        // On a slow machine it gives up waiting for its own turn.
        await get(path, store.display.token).catch(() => {});
      }
    }
    const asking = Array.from({ length: 40 }, ask);
    const busy = await slowest();
    over = true;
    await Promise.all(asking);
    // The quiet time is too small to be measured on a machine that does other work too.
    expect(busy).toBeLessThan(5 * Math.max(quiet, 20));
  }, 120_000);

  it('end when their client goes', async () => {
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

  it('of one token run one at a time; more than fifty waiting get 429 with Retry-After', async () => {
    const app = Fastify();
    addErrors(app as never);
    const reads = createHeavyReads(QUERIES);
    let running = 0;
    let most = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    app.decorateRequest('caller', null);
    app.get('/', (request, reply) => {
      request.caller = { role: 'display', id: 'd', name: 'd', storeId: 's' };
      return reads.run(request, reply, async () => {
        most = Math.max(most, ++running);
        await released;
        running--;
        return {};
      });
    });
    const refused: unknown[] = [];
    const answers = Array.from({ length: 60 }, async () => {
      const { statusCode, headers } = await app.inject('/');
      if (statusCode === 429) refused.push(headers['retry-after']);
      if (refused.length === 9) release();
      return statusCode;
    });
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status === 200)).toHaveLength(51);
    expect(refused).toEqual(Array(9).fill('1'));
    expect(most).toBe(1);
    await app.close();
  });
});
