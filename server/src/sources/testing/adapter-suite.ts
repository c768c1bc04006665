import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Order } from '#contract/order.ts';
import type { MadeSource, Source, SourceLogEntry } from '#contract/source.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { adapterOf } from '../all-adapters.ts';
import { type Delivery, type FakeService, ordersOf } from './fake-service.ts';

const ENVIRONMENT = { PRIVATE_TARGETS: '1' };
const WITHIN = { timeout: 8_000, interval: 25 };

/**
 * What every adapter does, tried through the whole server against its fake. Pulls happen only when a test asks for one:
 * otherwise every hour.
 */
export function adapterSuite(name: string, createFake: () => Promise<FakeService>): void {
  describe(`orders from ${name}`, () => {
    let fake: FakeService;
    let dir: string;
    let server: TestServer;
    let storeId: string;
    let source: MadeSource;
    /** The adapter is asked for pulls and statuses, and not only called. */
    let isCalled: boolean;

    beforeAll(async () => {
      fake = await createFake();
      isCalled = Boolean(adapterOf(fake.kind)?.pollSeconds);
      dir = mkdtempSync(join(tmpdir(), 'ticketrail-source-'));
      server = await startServer(ENVIRONMENT, dir);
      storeId = (await server.makeStore()).id;
      if (isCalled) for (const order of [1, 2]) fake.place(order);
      const made = await server.api('POST', `/stores/${storeId}/sources`, {
        body: {
          kind: fake.kind,
          name,
          settings: { ...fake.settings, ...(isCalled && { pollSeconds: 3_600 }) },
          ...(fake.secret && { secret: fake.secret }),
        },
      });
      expect(made.status, made.text).toBe(201);
      source = made.json;
    });
    afterAll(async () => {
      await server.close();
      fake.close();
      rmSync(dir, { recursive: true, force: true });
    });

    const all = async (): Promise<Order[]> =>
      (await server.api('GET', `/orders?storeId=${storeId}&limit=200`)).json.orders;
    const found = async (order: number) => ordersOf(await all(), fake, order);
    const only = async (order: number) => {
      const orders = await found(order);
      expect(orders).toHaveLength(1);
      return orders[0] as Order;
    };
    const seen = (): Promise<Source> => server.api('GET', `/sources/${source.id}`).then(({ json }) => json);
    const entries = async (): Promise<SourceLogEntry[]> =>
      (await server.api('GET', `/sources/${source.id}/log`)).json.entries;
    const pull = () => server.api('POST', `/sources/${source.id}/pull`);
    const post = ({ headers, body }: Delivery) =>
      server
        .api('POST', `/hooks/${source.id}`, {
          token: null,
          headers: { 'content-type': 'application/json', ...headers },
          raw: body,
        })
        .then(({ status }) => status);
    /** Waits until webhooks so far have had their effect: what rings is answered in order, and a pull comes after it. */
    async function settled(): Promise<void> {
      if (!isCalled) return;
      await pull();
      await pull();
    }

    it('has the orders that are open when it is added, each once however often it is pulled', async ({ skip }) => {
      if (!isCalled) return skip();
      await expect.poll(() => found(2), WITHIN).toHaveLength(1);
      expect((await pull()).json).toMatchObject({ taken: 0, refused: 0 });
      expect(await only(1)).toMatchObject({ status: 'pending', source: name, fulfilment: 'pickup' });
    });

    it('hears of a cancellation in its first pull, of an order that came by a webhook before', async ({ skip }) => {
      if (!isCalled) return skip();
      const shop = await createFake();
      onTestFinished(shop.close);
      const store = await server.makeStore();
      const body = {
        ...{ kind: shop.kind, name, settings: { ...shop.settings, pollSeconds: 3_600 } },
        ...(shop.secret && { secret: shop.secret }),
      };
      const { json } = await server.api('POST', `/stores/${store.id}/sources`, { body });
      await server.api('POST', `/sources/${json.id}/pull`);
      const statuses = async () =>
        (await server.api('GET', `/orders?storeId=${store.id}`)).json.orders.map(({ status }: Order) => status);
      shop.place(1);
      const { headers, body: raw } = shop.delivery(1, json);
      const all = { 'content-type': 'application/json', ...headers };
      await server.api('POST', `/hooks/${json.id}`, { token: null, headers: all, raw });
      await expect.poll(statuses, WITHIN).toEqual(['pending']);
      shop.cancel(1);
      await server.api('POST', `/sources/${json.id}/pull`);
      expect(await statuses()).toEqual(['cancelled']);
    });

    it('takes an order once whose webhook comes three times at the same time', async () => {
      fake.place(3);
      const delivery = fake.delivery(3, source);
      expect(await Promise.all([1, 2, 3].map(() => post(delivery)))).toEqual([200, 200, 200]);
      await expect.poll(() => found(3), WITHIN).toHaveLength(1);
      await settled();
      await only(3);
    });

    it('shows the newest state, also when older webhooks come late or before it', async () => {
      fake.place(4);
      fake.place(5);
      const late = [4, 5].map((order) => fake.delivery(order, source));
      await post(late[0] as Delivery);
      for (const order of [4, 5]) {
        fake.change(order, 'no onions');
        expect(await post(fake.delivery(order, source))).toBe(200);
      }
      for (const delivery of late) expect(await post(delivery)).toBe(200);
      await expect.poll(async () => (await only(4)).note, WITHIN).toContain('no onions');
      await expect.poll(async () => (await only(5)).note, WITHIN).toContain('no onions');
      await settled();
      for (const order of [4, 5]) expect((await only(order)).note).toContain('no onions');
    });

    it('cancels what is cancelled there, and no late webhook brings it back', async () => {
      fake.place(6);
      const late = fake.delivery(6, source);
      await post(late);
      await expect.poll(() => found(6), WITHIN).toHaveLength(1);
      fake.cancel(6);
      await post(fake.delivery(6, source));
      await expect.poll(async () => (await only(6)).status, WITHIN).toBe('cancelled');
      await post(late);
      await settled();
      expect((await only(6)).status).toBe('cancelled');
    });

    it('brings by the next pull what no webhook told', async ({ skip }) => {
      if (!isCalled) return skip();
      fake.place(7);
      fake.change(5, 'extra napkins');
      expect((await pull()).json).toMatchObject({ taken: 2, refused: 0 });
      await only(7);
      expect((await only(5)).note).toContain('extra napkins');
    });

    it('leaves out a draft until it is an order', async ({ skip }) => {
      if (!fake.draft) return skip();
      fake.draft(8);
      await post(fake.delivery(8, source));
      await settled();
      expect(await found(8)).toEqual([]);
      fake.place(8);
      await post(fake.delivery(8, source));
      await expect.poll(() => found(8), WITHIN).toHaveLength(1);
    });

    it('answers a webhook with 401 that is unsigned, or changed after it was signed, and stores nothing', async () => {
      const before = (await all()).length;
      fake.place(9);
      const { headers, body } = fake.delivery(9, source);
      expect(await post({ headers: {}, body })).toBe(401);
      expect(await post({ headers, body: Buffer.concat([body, Buffer.from(' ')]) })).toBe(401);
      expect(await all()).toHaveLength(before);
    });

    it('says each status once, also after a 429, and never what they said themselves', async ({ skip }) => {
      if (fake.completed === null) return skip();
      const { id } = await only(3);
      const to = async (status: string) =>
        expect((await server.api('POST', `/orders/${id}/status`, { body: { status } })).status).toBe(200);
      await to('preparing');
      fake.answerNext(429, { 'retry-after': '1' });
      await to('ready');
      await to('completed');
      await expect.poll(() => fake.said(3).at(-1), WITHIN).toBe(fake.completed);
      await settled();
      expect(new Set(fake.said(3)).size).toBe(fake.said(3).length);
      expect(await only(3)).toMatchObject({ status: 'completed' });
      expect(fake.said(6)).toEqual([]);
    });

    it('does not call while it was asked to wait, and says why in words', async ({ skip }) => {
      if (!isCalled) return skip();
      fake.answerNext(429, { 'retry-after': '1' });
      expect((await pull()).status).toBe(409);
      const asked = fake.calls().length;
      fake.place(10);
      await post(fake.delivery(10, source));
      expect((await pull()).status).toBe(409);
      expect((await seen()).problem).toContain(name);
      await expect.poll(() => found(10), WITHIN).toHaveLength(1);
      const [last, next] = fake.calls().slice(asked - 1) as [number, number];
      expect(next - last).toBeGreaterThanOrEqual(990);
    });

    it('goes on after an error of theirs, and takes its words back', async ({ skip }) => {
      if (!isCalled) return skip();
      expect((await pull()).status).toBe(200);
      fake.answerNext(503);
      expect((await pull()).status).toBe(409);
      expect((await entries())[0]).toMatchObject({ outcome: 'failed', externalId: null });
      expect((await pull()).status).toBe(200);
      expect(await seen()).toMatchObject({ problem: null, failingSince: null });
    });

    it('has everything after it was away for an hour of theirs, in the middle of a pull', async ({ skip }) => {
      if (!isCalled) return skip();
      fake.afterAnswer(() => void server.stop());
      fake.place(100);
      await pull().catch(() => undefined);
      fake.afterAnswer(null);
      await server.stop();
      for (let order = 101; order <= 120; order++) {
        fake.place(order);
        fake.pass(3 * 60_000);
      }
      for (const order of [102, 112]) fake.change(order, 'no onions');
      fake.cancel(105);
      server = await startServer(ENVIRONMENT, dir);
      await expect.poll(async () => (await found(105)).length + (await found(120)).length, WITHIN).toBe(2);
      await settled();
      for (let order = 100; order <= 120; order++) await only(order);
      for (const order of [102, 112]) expect((await only(order)).note).toContain('no onions');
      expect((await only(105)).status).toBe('cancelled');
      expect((await only(3)).status).toBe('completed');
    });

    it('says in words that the key is no longer accepted, and calls the owner', async ({ skip }) => {
      if (!isCalled) return skip();
      fake.revokeKey();
      expect((await pull()).status).toBe(409);
      const { problem, failingSince } = await seen();
      expect(problem).toMatch(new RegExp(`^${name} no longer accepts the key: .`));
      expect(failingSince).not.toBeNull();
      expect((await entries())[0]).toMatchObject({ what: 'pull', outcome: 'failed', detail: expect.any(String) });
      const { escalations } = (await server.api('GET', `/stores/${storeId}/escalations?open=true`)).json;
      expect(escalations).toEqual([expect.objectContaining({ kind: 'source' })]);
    });
  });
}
