import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PublicOrder } from '#contract/public-order.ts';
import { customerJwt } from '#test/support/customer-jwt.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

const SECRET = 'a-secret-for-customers-0123456789';
let server: TestServer;
let store: TestStore;
let nino: string;
beforeAll(async () => {
  server = await startServer({ CUSTOMER_TOKEN_SECRET: SECRET });
});
beforeEach(async () => {
  store = await server.makeStore();
  nino = customerJwt(SECRET, { sub: 'u-1', store: store.id });
});
afterAll(() => server.close());

const customerOf = (ref: string) => ({ customer: { ref, name: 'Nino', phone: '+995555123456' } });
const place = async (ref = 'u-1') =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft(customerOf(ref)) })).json;
const list = (token: string, query = '') => server.api('GET', `/customer/orders${query}`, { token });
const cancel = (token: string, id: string, body?: unknown) =>
  server.api('POST', `/customer/orders/${id}/cancel`, { token, body });

describe('[section 9] GET /customer/orders', () => {
  it('shows a customer own orders in the public view, with the shop', async () => {
    const [first, second] = [await place(), await place()];
    await place('u-2');
    const { status, json, text, headers } = await list(nino);
    expect(status).toBe(200);
    expect(json.store).toEqual({ name: `Store ${store.id}`, currency: 'GEL', timeZone: 'Asia/Tbilisi' });
    expect(json.orders.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
    for (const order of json.orders) PublicOrder.strict().parse(order);
    expect(json.nextBefore).toBeNull();
    expect(text).not.toMatch(/Nino|995555|u-1/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('shows the holder of a tracking token that order alone', async () => {
    const [first] = [await place(), await place()];
    expect((await list(first.tracking.token)).json.orders.map(({ id }: { id: string }) => id)).toEqual([first.id]);
  });

  it('has pages', async () => {
    const [first] = [await place(), await place()];
    const { json } = await list(nino, '?limit=1');
    const next = await list(nino, `?limit=1&before=${json.nextBefore}`);
    expect([next.json.orders[0].id, next.json.nextBefore]).toEqual([first.id, null]);
    for (const query of ['?limit=0', '?limit=201', '?limit=x', '?before=x', '?storeId=main'])
      expect((await list(nino, query)).status, query).toBe(400);
  });
});

describe('[section 9] POST /customer/orders/:id/cancel', () => {
  it('cancels a pending order, with and without a reason, and again without a change', async () => {
    const [first, second] = [await place(), await place()];
    const done = await cancel(nino, first.id, { reason: 'changed my mind' });
    expect([done.status, PublicOrder.strict().parse(done.json).reason]).toEqual([200, 'customer: changed my mind']);
    expect((await cancel(nino, first.id)).json).toEqual(done.json);
    expect((await cancel(second.tracking.token, second.id, {})).json.status).toBe('cancelled');
  });

  it('refuses what is under way: 409 with the order as the customer sees it', async () => {
    const { id } = await place();
    const body = { status: 'preparing' };
    await server.api('POST', `/orders/${id}/status`, { token: store.integration.token, body });
    const { status, json } = await cancel(nino, id);
    expect([status, json.error.code]).toEqual([409, 'invalid_transition']);
    expect(PublicOrder.strict().parse(json.order)).toMatchObject({ id, status: 'preparing', cancellable: false });
  });

  it('does not find the order of somebody else', async () => {
    const [mine, theirs] = [await place(), await place('u-2')];
    for (const [token, id] of [
      [nino, theirs.id],
      [mine.tracking.token, theirs.id],
      [nino, 'nobody'],
    ]) {
      const { status, text } = await cancel(token, id);
      expect([status, text.includes('"order"')]).toEqual([404, false]);
    }
  });

  it('refuses a wrong body and changes nothing', async () => {
    const { id } = await place();
    for (const body of [{ reason: 7 }, { reason: 'x'.repeat(501) }, { why: 'x' }, []])
      expect((await cancel(nino, id, body)).status).toBe(400);
    expect((await list(nino)).json.orders[0].status).toBe('pending');
  });
});

describe('[section 3] a customer’s token', () => {
  it('is refused by every other route', async () => {
    const { id, tracking } = await place();
    for (const token of [nino, tracking.token])
      for (const path of ['/orders', `/orders/${id}`, '/stores', '/snapshot', '/stats', '/metrics', '/feed'])
        expect((await server.api('GET', path, { token })).status, path).toBe(403);
  });

  it('of a store that does not exist, expired or wrongly signed is unauthorized', async () => {
    for (const token of [
      customerJwt(SECRET, { sub: 'u-1', store: 'nowhere' }),
      customerJwt(SECRET, { sub: 'u-1', store: store.id, exp: 1 }),
      customerJwt(`${SECRET}x`, { sub: 'u-1', store: store.id }),
      `${(await place()).id}.${'A'.repeat(43)}`,
    ]) {
      expect((await list(token)).status).toBe(401);
      expect((await server.api('GET', '/orders', { token })).status).toBe(401);
    }
  });
});

describe('[section 9] POST /stores/:id/customer-links', () => {
  const make = (token: string | undefined, body: unknown, id = store.id) =>
    server.api('POST', `/stores/${id}/customer-links`, { ...(token && { token }), body });

  it('makes a link to all orders of a customer, for 30 days or as many as asked', async () => {
    const { id } = await place();
    for (const [days, expected] of [
      [undefined, 30],
      [null, 30],
      [1, 1],
      [400, 400],
    ]) {
      const { status, json } = await make(store.integration.token, { ref: 'u-1', days });
      expect(status).toBe(201);
      expect(json.url).toBe(`${server.url}/my#${json.token}`);
      expect(Math.round((Date.parse(json.expiresAt) - Date.now()) / 86_400_000)).toBe(expected);
      expect((await list(json.token)).json.orders).toMatchObject([{ id }]);
    }
  });

  it('works for a customer of the longest name', async () => {
    const ref = '王'.repeat(200);
    const { id } = await place(ref);
    const { json } = await make(undefined, { ref });
    expect((await list(json.token)).json.orders).toMatchObject([{ id }]);
  });

  it('refuses a wrong request by its field, and another store', async () => {
    for (const [body, path] of [
      [{}, 'ref'],
      [{ ref: '' }, 'ref'],
      [{ ref: 'x'.repeat(201) }, 'ref'],
      [{ ref: 'u-1', days: 0 }, 'days'],
      [{ ref: 'u-1', days: 401 }, 'days'],
      [{ ref: 'u-1', days: 1.5 }, 'days'],
      [{ ref: 'u-1', store: 'x' }, 'store'],
    ] as const) {
      const { status, json } = await make(store.integration.token, body);
      expect([status, json.error.details[0].path], JSON.stringify(body)).toEqual([400, path]);
    }
    const other = await server.makeStore();
    expect((await make(store.integration.token, { ref: 'u-1' }, other.id)).status).toBe(404);
    expect((await make(undefined, { ref: 'u-1' }, 'nowhere')).status).toBe(404);
    expect((await make(store.display.token, { ref: 'u-1' })).status).toBe(403);
  });
});
