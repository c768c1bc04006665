import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Order } from '#contract/order.ts';
import type { Ask } from '#test/support/ask-server.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
});
afterAll(() => server.close());

const ask = (method: string, path: string, more: Ask = {}) =>
  server.api(method, path, { token: store.integration.token, ...more });
const place = async (over: Parameters<typeof orderDraft>[0] = {}) =>
  (await ask('POST', '/orders', { body: orderDraft(over) })).json;

describe('[section 5] POST /orders', () => {
  it('answers 201 with the order and its tracking', async () => {
    const { status, json } = await ask('POST', '/orders', { body: orderDraft() });
    const { tracking, ...order } = json;
    expect(status).toBe(201);
    expect(Order.strict().parse(order)).toMatchObject({ storeId: store.id, status: 'pending', version: 1 });
    expect(tracking.url).toBe(`${server.url}/track/${tracking.token}`);
  });

  it('answers a repeated externalId with 200, the current first order, and the same tracking token', async () => {
    const body = orderDraft();
    const first = (await ask('POST', '/orders', { body })).json;
    await ask('POST', `/orders/${first.id}/status`, { body: { status: 'preparing' } });
    const repeat = await ask('POST', '/orders', { body: { ...body, totalMinor: 1, note: 'another body' } });
    expect(repeat.status).toBe(200);
    expect(repeat.json).toMatchObject({
      id: first.id,
      status: 'preparing',
      totalMinor: 2900,
      tracking: first.tracking,
    });
  });

  it('returns tracking tokens that differ by order and survive a restart', async () => {
    const body = orderDraft();
    const [mine, other] = [(await ask('POST', '/orders', { body })).json, await place()];
    expect(mine.tracking.token).not.toBe(other.tracking.token);
    const again = await startServer({}, server.dir).catch((error: Error) => error);
    // One process holds a database; this tests the key, which depends only on the settings.
    if (!(again instanceof Error)) await again.close();
    expect((await ask('POST', '/orders', { body })).json.tracking.token).toBe(mine.tracking.token);
  });

  it('accepts legacy status names and never stores them', async () => {
    for (const [word, status] of Object.entries({ new: 'pending', confirmed: 'preparing', canceled: 'cancelled' }))
      expect((await place({ status: word as never })).status).toBe(status);
  });

  it('refuses unknown fields by name, each with its path', async () => {
    const body = { ...orderDraft(), surprise: 1, version: 7, items: [{ name: 'A', quantity: 1, size: 'XL' }] };
    const { status, json } = await ask('POST', '/orders', { body });
    expect([status, json.error.code]).toEqual([400, 'invalid_request']);
    expect(json.error.details.map((d: { path: string }) => d.path).sort()).toEqual([
      'items.0.size',
      'surprise',
      'version',
    ]);
    expect(json.error.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['no items', { items: [] }],
    ['201 items', { items: Array.from({ length: 201 }, () => ({ name: 'A', quantity: 1 })) }],
    ['a name of 201 characters', { items: [{ name: 'x'.repeat(201), quantity: 1 }] }],
    ['a note of 2,001 characters', { note: 'x'.repeat(2001) }],
    ['half a surrogate', { note: '\ud800' }],
    ['money in fractions', { totalMinor: 1.5 }],
    [
      'two items with one id',
      {
        items: [
          { id: 'a', name: 'A', quantity: 1 },
          { id: 'a', name: 'B', quantity: 1 },
        ],
      },
    ],
    ['a date that does not exist', { dueAt: '2026-02-30T10:00:00Z' }],
  ])('refuses %s', async (_what, over) => {
    const { status, json } = await ask('POST', '/orders', { body: { ...orderDraft(), ...over } });
    expect([status, json.error.code]).toEqual([400, 'invalid_request']);
  });

  it('treats null as absent', async () => {
    const { status, json } = await ask('POST', '/orders', {
      body: { ...orderDraft(), note: null, dueAt: null, table: null, status: null, payment: null, number: null },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({ note: null, dueAt: null, status: 'pending', payment: { status: 'unpaid' } });
  });
});

describe('[section 5] GET /orders', () => {
  it('is newest first, in pages of 50 by default', async () => {
    const shop = await server.makeStore();
    const token = shop.integration.token;
    const placed: string[] = [];
    for (let i = 0; i < 55; i++) placed.unshift((await ask('POST', '/orders', { token, body: orderDraft() })).json.id);
    const ids = (answer: { json: { orders: { id: string }[] } }) => answer.json.orders.map((order) => order.id);
    const first = await ask('GET', '/orders', { token });
    expect(ids(first)).toEqual(placed.slice(0, 50));
    const rest = await ask('GET', `/orders?before=${encodeURIComponent(first.json.nextBefore)}`, { token });
    expect([ids(rest), rest.json.nextBefore]).toEqual([placed.slice(50), null]);
    expect(ids(await ask('GET', '/orders?limit=3', { token }))).toEqual(placed.slice(0, 3));
    expect(ids(await ask('GET', '/orders?limit=200', { token }))).toHaveLength(55);
  });

  it('filters by current and legacy status names, by text and by time', async () => {
    const shop = await server.makeStore();
    const token = shop.integration.token;
    const make = async (over: object) => (await ask('POST', '/orders', { token, body: orderDraft(over) })).json;
    const nino = await make({ customer: { name: 'Нино Кобахидзе' } });
    const cooking = await make({
      status: 'preparing',
      customer: null,
      items: [{ name: 'Pad Thai ผัดไทย', quantity: 1 }],
    });
    const found = async (query: string) =>
      (await ask('GET', `/orders?${query}`, { token })).json.orders.map((order: { id: string }) => order.id);
    expect(await found('status=confirmed')).toEqual([cooking.id]);
    expect(await found('status=pending,processing&q=&from=')).toEqual([cooking.id, nino.id]);
    expect(await found(`q=${encodeURIComponent('нино')}`)).toEqual([nino.id]);
    expect(await found(`q=${encodeURIComponent('ผัดไทย')}`)).toEqual([cooking.id]);
    expect(await found(`from=${encodeURIComponent('2099-01-01T00:00:00+04:00')}`)).toEqual([]);
    expect(await found(`to=${nino.createdAt}&q=${nino.externalId}`)).toEqual([nino.id]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1e2',
    'limit=1.5',
    'limit=٣',
    'limit=1&limit=2',
    'status=zzz',
    'status=pending,',
    'from=yesterday',
    'from=2026-13-01T00:00:00Z',
    'page=2',
    '__proto__=1',
    'before=nonsense',
  ])('refuses ?%s', async (query) => {
    const { status, json } = await ask('GET', `/orders?${query}`);
    expect([status, json.error.code]).toEqual([400, 'invalid_request']);
    expect(json.error.details.length).toBeGreaterThan(0);
  });
});

describe('[section 5] GET /orders/:id', () => {
  it('returns the order, to displays too', async () => {
    const { tracking: _, ...order } = await place();
    expect((await ask('GET', `/orders/${order.id}`, { token: store.display.token })).json).toEqual(order);
  });

  it('answers 404 for malformed ids', async () => {
    for (const id of ['nobody', '%00', '..%2f..', 'x'.repeat(64), 'x'.repeat(3000), '%F0%9F%8D%95'])
      expect((await ask('GET', `/orders/${id}`)).status, id.slice(0, 20)).toBe(404);
  });

  it('[section 6] has a history of its changes, oldest first, each with the order', async () => {
    const { id } = await place();
    await ask('POST', `/orders/${id}/status`, { body: { status: 'preparing' } });
    await ask('PATCH', `/orders/${id}`, { body: { note: 'no onions' } });
    const { changes } = (await ask('GET', `/orders/${id}/history`)).json;
    expect(changes.map((c: { type: string }) => c.type)).toEqual([
      'order_created',
      'order_status_changed',
      'order_updated',
    ]);
    expect(changes.map((c: { order: { version: number } }) => c.order.version)).toEqual([1, 2, 3]);
    expect(changes[1]).toMatchObject({ previousStatus: 'pending', by: { role: 'integration', name: 'Web shop' } });
  });
});
