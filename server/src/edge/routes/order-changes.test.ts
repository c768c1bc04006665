import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await startServer();
  store = await server.makeStore();
});
afterAll(() => server.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.api(method, path, { token: store.integration.token, body, headers });
const place = async (over: Parameters<typeof orderDraft>[0] = {}) =>
  (await ask('POST', '/orders', orderDraft(over))).json;

describe('[section 4] PATCH /orders/:id', () => {
  it('changes the named fields only', async () => {
    const { id, tracking: _, ...order } = await place();
    const { status, json } = await ask('PATCH', `/orders/${id}`, { note: 'no egg', priority: true });
    expect(status).toBe(200);
    expect(json).toEqual({
      ...order,
      id,
      note: 'no egg',
      priority: true,
      version: 2,
      seq: expect.any(Number),
      updatedAt: expect.any(String),
    });
  });

  it('makes no change when it changes nothing', async () => {
    const { id, version } = await place({ note: 'same' });
    expect((await ask('PATCH', `/orders/${id}`, { note: 'same' })).json.version).toBe(version);
    expect((await ask('PATCH', `/orders/${id}`, {})).json.version).toBe(version);
  });

  it('with If-Match is refused with 409 if the order has changed', async () => {
    const { id } = await place();
    expect((await ask('PATCH', `/orders/${id}`, { note: 'a' }, { 'if-match': '"1"' })).status).toBe(200);
    const late = await ask('PATCH', `/orders/${id}`, { note: 'b' }, { 'if-match': '1' });
    expect([late.status, late.json.error.code]).toEqual([409, 'conflict']);
    expect((await ask('GET', `/orders/${id}`)).json).toMatchObject({ note: 'a', version: 2 });
  });

  it.each(['*', 'abc', '-1', '1.5', '1, 2', '9'.repeat(30)])('refuses If-Match: %s', async (version) => {
    const { id } = await place();
    const { status, json } = await ask('PATCH', `/orders/${id}`, { note: 'x' }, { 'if-match': version });
    expect([status, json.error.details[0].path]).toEqual([400, 'if-match']);
  });

  it.each(['status', 'currency', 'version', 'externalId', 'storeId', 'payment'])('does not take %s', async (field) => {
    const { id } = await place();
    const { status, json } = await ask('PATCH', `/orders/${id}`, { [field]: 'x' });
    expect([status, json.error.details[0].path]).toEqual([400, field]);
  });
});

describe('[section 4] POST /orders/:id/status', () => {
  it('moves the order; repeating a status is 200 and no change', async () => {
    const { id } = await place();
    expect((await ask('POST', `/orders/${id}/status`, { status: 'preparing' })).json).toMatchObject({
      status: 'preparing',
      version: 2,
    });
    const again = await ask('POST', `/orders/${id}/status`, { status: 'processing' });
    expect([again.status, again.json.version]).toEqual([200, 2]);
  });

  it('answers 409 with the order when the move is not allowed', async () => {
    const { id } = await place();
    const { status, json } = await ask('POST', `/orders/${id}/status`, { status: 'completed' });
    expect([status, json.error.code, json.order.status, json.order.id]).toEqual([
      409,
      'invalid_transition',
      'pending',
      id,
    ]);
  });

  it('requires a reason for rejecting and cancelling', async () => {
    const { id } = await place();
    for (const status of ['rejected', 'cancelled', 'canceled']) {
      for (const reason of [undefined, null, '', '   '])
        expect((await ask('POST', `/orders/${id}/status`, { status, reason })).status).toBe(400);
    }
    const done = await ask('POST', `/orders/${id}/status`, { status: 'rejected', reason: 'no ovens' });
    expect(done.json).toMatchObject({ status: 'rejected', reason: 'no ovens' });
  });

  it('refuses unknown statuses', async () => {
    const { id } = await place();
    for (const body of [{ status: 'zzz' }, { status: null }, {}, [], 'ready', { status: 'ready', extra: 1 }])
      expect((await ask('POST', `/orders/${id}/status`, body)).status).toBe(400);
  });
});

it('[section 5] POST /orders/:id/payment sets the payment', async () => {
  const { id } = await place();
  const { json } = await ask('POST', `/orders/${id}/payment`, { status: 'paid', method: 'card' });
  expect(json.payment).toEqual({ status: 'paid', method: 'card' });
  expect((await ask('POST', `/orders/${id}/payment`, { status: 'refunded' })).json.payment.status).toBe('refunded');
  expect((await ask('POST', `/orders/${id}/payment`, { status: 'stolen' })).status).toBe(400);
});

it('[section 5] DELETE /orders/:id answers 204; then the order is 404', async () => {
  const { id } = await place();
  const gone = await ask('DELETE', `/orders/${id}`);
  expect([gone.status, gone.text]).toEqual([204, '']);
  expect((await ask('GET', `/orders/${id}`)).status).toBe(404);
  expect((await ask('DELETE', `/orders/${id}`)).status).toBe(404);
});

describe('[section 5] Idempotency-Key', () => {
  it('returns the first answer to a repeat, even if the order has changed', async () => {
    const { id } = await place();
    const key = { 'idempotency-key': 'intent-1' };
    const first = await ask('POST', `/orders/${id}/status`, { status: 'preparing' }, key);
    await ask('POST', `/orders/${id}/status`, { status: 'ready' });
    const repeat = await ask('POST', `/orders/${id}/status`, { status: 'preparing', reason: null }, key);
    expect([repeat.status, repeat.json]).toEqual([200, first.json]);
    expect((await ask('GET', `/orders/${id}`)).json.status).toBe('ready');
  });

  it('is 422 invalid_request with another body, call or order, and changes nothing', async () => {
    const [{ id }, other] = [await place(), await place()];
    const key = { 'idempotency-key': 'intent-2' };
    await ask('PATCH', `/orders/${id}`, { note: 'one' }, key);
    for (const [method, path, body] of [
      ['PATCH', `/orders/${id}`, { note: 'two' }],
      ['PATCH', `/orders/${other.id}`, { note: 'one' }],
      ['POST', `/orders/${id}/status`, { status: 'preparing' }],
      ['POST', `/orders/${id}/payment`, { status: 'paid' }],
      ['DELETE', `/orders/${id}`, undefined],
    ] as const) {
      const { status, json } = await ask(method, path, body, key);
      expect([status, json.error.code], `${method} ${path}`).toEqual([422, 'invalid_request']);
    }
    expect((await ask('GET', `/orders/${id}`)).json).toMatchObject({ note: 'one', version: 2 });
  });

  it('is separate for each token', async () => {
    const { id } = await place();
    const headers = { 'idempotency-key': 'intent-3' };
    await ask('PATCH', `/orders/${id}`, { note: 'mine' }, headers);
    const theirs = await server.api('PATCH', `/orders/${id}`, { body: { note: 'the admin’s' }, headers });
    expect(theirs.json.note).toBe('the admin’s');
  });

  it('makes a repeated DELETE 204 again', async () => {
    const { id } = await place();
    const key = { 'idempotency-key': 'intent-4' };
    expect((await ask('DELETE', `/orders/${id}`, undefined, key)).status).toBe(204);
    expect((await ask('DELETE', `/orders/${id}`, undefined, key)).status).toBe(204);
  });

  it.each(['', 'two words', 'x'.repeat(201)])('refuses the key %j', async (key) => {
    const { id } = await place();
    const { status, json } = await ask('PATCH', `/orders/${id}`, { note: 'x' }, { 'idempotency-key': key });
    expect([status, json.error.details[0].path]).toEqual([400, 'idempotency-key']);
  });
});
