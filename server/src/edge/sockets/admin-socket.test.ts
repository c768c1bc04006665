import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Escalation } from '#contract/admin.ts';
import type { Change } from '#contract/sync.ts';
import { useFastHeartbeat } from '#test/support/fast-heartbeat.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { connectStore, type HandshakeRefused, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

/** How far the server's monotonic clock is ahead, ms. */
let ahead = 0;
let server: TestServer;
let store: TestStore;
const clients: StoreClient[] = [];
beforeAll(async () => {
  server = await startServer({ CORS_ORIGINS: 'https://office.example' }, undefined, () => performance.now() + ahead);
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.close());

type Told = Record<string, unknown> & { storeId: string };
interface AdminClient extends StoreClient {
  received: { event: string; payload: Told }[];
  of(event: string): Told[];
}
async function connect(token = ADMIN_TOKEN): Promise<AdminClient> {
  const client = await connectStore(server.url, { token }, { namespace: '/admin' });
  clients.push(client);
  const received: AdminClient['received'] = [];
  client.socket.onAny((event, payload) => received.push({ event, payload }));
  return Object.assign(client, {
    received,
    of: (event: string) => received.filter((one) => one.event === event).map(({ payload }) => payload),
  });
}
const place = async (shop: TestStore = store, over: Parameters<typeof orderDraft>[0] = {}) =>
  (await server.api('POST', '/orders', { token: shop.integration.token, body: orderDraft(over) })).json;
const wait = (what: string, look: () => boolean) => until(what, look, 10_000, 5);
const changesOf = (client: AdminClient) => client.of('changes').flatMap(({ changes }) => changes as Change[]);

describe('[section 6] the handshake of /admin', () => {
  it('admits only ADMIN_TOKEN and managers, and only pages of CORS_ORIGINS', async () => {
    const outcomeOf = (auth: object, origin?: string) =>
      connectStore(server.url, auth, {
        namespace: '/admin',
        ...(origin === undefined ? {} : { extraHeaders: { origin } }),
      }).then(
        (client) => {
          client.close();
          return 'connected';
        },
        (error: HandshakeRefused) => error.code,
      );
    for (const token of [undefined, null, '', 7, `${ADMIN_TOKEN}x`, store.display.token, store.integration.token])
      expect(await outcomeOf({ token }), String(token)).toBe('unauthorized');
    expect(await outcomeOf({ token: ADMIN_TOKEN })).toBe('connected');
    const { token: manager } = await server.addDevice(store.id, 'manager');
    expect(await outcomeOf({ token: manager })).toBe('connected');
    expect(await outcomeOf({ token: ADMIN_TOKEN, protocol: undefined })).toBe('connected');
    expect(await outcomeOf({ token: ADMIN_TOKEN }, 'https://evil.example')).toBe('unauthorized');
    expect(await outcomeOf({ token: ADMIN_TOKEN }, 'https://office.example')).toBe('connected');
  });
});

describe('[section 6] subscribe', () => {
  it('answers with the heads, then sends the changes after them without gaps', async () => {
    await place();
    const client = await connect();
    const { stores } = (await client.ask('subscribe', { storeIds: [store.id] })) as { stores: object[] };
    expect(stores).toEqual([{ storeId: store.id, epoch: expect.any(String), head: 1 }]);
    await Promise.all(Array.from({ length: 30 }, () => place()));
    await wait('all', () => changesOf(client).length === 30);
    expect(changesOf(client).map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
    expect(client.of('changes').map(({ from }) => from)).toEqual([
      1,
      ...client
        .of('changes')
        .slice(0, -1)
        .map(({ to }) => to),
    ]);
    expect(client.of('changes').every(({ storeId }) => storeId === store.id)).toBe(true);
  });

  it('to all stores includes later ones', async () => {
    const client = await connect();
    await client.ask('subscribe', '*');
    const later = await server.makeStore();
    const [first, second] = [await place(), await place(later)];
    await wait('both', () => changesOf(client).length === 2);
    await place(later);
    await wait('a third', () => changesOf(client).length === 3);
    expect(changesOf(client).map(({ orderId }) => orderId)).toEqual(expect.arrayContaining([first.id, second.id]));
  });

  it('replaces the previous subscription; without one nothing is sent', async () => {
    const other = await server.makeStore();
    const [client, silent] = [await connect(), await connect()];
    await client.ask('subscribe', { storeIds: '*' });
    await client.ask('subscribe', { storeIds: [store.id, other.id] });
    await client.ask('subscribe', { storeIds: [other.id] });
    client.received.length = 0;
    await place();
    await place(other);
    await wait('the other’s', () => changesOf(client).length === 1 && client.of('stats').length > 0);
    await sleep(200);
    expect(new Set(client.received.map(({ payload }) => payload.storeId))).toEqual(new Set([other.id]));
    expect(silent.received).toEqual([]);
  });

  it('sends stats and presence at once and when they change', async () => {
    const client = await connect();
    await client.ask('subscribe', { storeIds: [store.id] });
    await wait('the first', () => client.of('stats').length > 0 && client.of('presence').length > 0);
    expect(client.of('presence')[0]).toEqual({ storeId: store.id, displays: [] });
    const display = await connectStore(server.url, { token: store.display.token });
    clients.push(display);
    await display.hello();
    await place();
    await wait('the display', () => JSON.stringify(client.of('presence').at(-1)).includes(store.display.deviceId));
    await wait('the order', () => client.of('stats').at(-1)?.orders === 1);
  });

  it('sends what each store takes at once and when it changes', async () => {
    const other = await server.makeStore();
    const patch = async (shop: TestStore, body: object) =>
      (await server.api('PATCH', `/stores/${shop.id}/availability`, { body })).json;
    const closed = await patch(store, { open: false });
    const [one, every] = [await connect(), await connect()];
    await one.ask('subscribe', { storeIds: [store.id] });
    await every.ask('subscribe', '*');
    await wait('the first', () => one.of('availability').length > 0);
    expect(one.of('availability')).toEqual([{ storeId: store.id, ...closed }]);
    await wait('the first of every store', () => every.of('availability').some(({ storeId }) => storeId === other.id));
    const busyUntil = new Date(Date.now() + 300).toISOString();
    await patch(other, { busyUntil });
    const toldOf = (client: AdminClient, shop: TestStore) =>
      client.of('availability').filter(({ storeId }) => storeId === shop.id);
    await wait('the change and its end', () => toldOf(every, other).length === 3);
    expect(toldOf(every, other).map((state) => state.busyUntil)).toEqual([null, busyUntil, null]);
    expect(one.of('availability')).toHaveLength(1);
  });

  it('refuses an invalid subscription, which changes nothing', async () => {
    const client = await connect();
    await client.ask('subscribe', { storeIds: [store.id] });
    const codeOf = async (payload: unknown) =>
      ((await client.ask('subscribe', payload)) as { error?: { code: string } }).error?.code;
    for (const payload of [
      undefined,
      null,
      {},
      [],
      'all',
      { storeIds: [] },
      { storeIds: [7] },
      { storeIds: '*', x: 1 },
    ])
      expect(await codeOf(payload), JSON.stringify(payload)).toBe('invalid_request');
    expect(await codeOf({ storeIds: [store.id, 'nobody'] })).toBe('not_found');
    expect(await client.ask('gossip', {})).toMatchObject({ error: { code: 'invalid_request' } });
    await place();
    await wait('still subscribed', () => changesOf(client).length === 1);
  });

  it('limits what it sends to an admin that does not read, and disconnects it', async () => {
    onTestFinished(useFastHeartbeat(server, 3_000));
    const frozen = await connect();
    await frozen.ask('subscribe', { storeIds: [store.id] });
    const { transport } = frozen.socket.io.engine as unknown as { transport: { ws: { _socket: Socket } } };
    transport.ws._socket.pause();
    const [socket] = server.server.sockets.io.of('/admin').sockets.values();
    if (!socket) throw new Error('it is gone already');
    for (let i = 0; i < 8; i++)
      await Promise.all(Array.from({ length: 40 }, () => place(store, { note: 'x'.repeat(2_000) })));
    const { writeBuffer } = socket.conn as unknown as { writeBuffer: unknown[] };
    expect(writeBuffer.length).toBeLessThan(20);
    await until('it is gone', () => server.server.sockets.io.of('/admin').sockets.size === 0, 18_000);
  });
});

describe('[section 6] command of an admin', () => {
  const ask = async (payload: object) => (await connect()).ask('command', payload);

  it('is decided like a display’s and records the admin as author', async () => {
    const order = await place();
    const client = await connect();
    await client.ask('subscribe', { storeIds: [store.id] });
    const intent = { storeId: store.id, orderId: order.id, type: 'set_status' };
    const forward = { ...intent, payload: { from: 'pending', to: 'preparing' } };
    expect(await client.ask('command', forward)).toEqual({ outcome: 'applied', seq: 2 });
    expect(await client.ask('command', forward)).toEqual({ outcome: 'already', seq: 2 });
    expect(await client.ask('command', { ...intent, payload: { from: 'preparing', to: 'completed' } })).toMatchObject({
      outcome: 'rejected',
      code: 'invalid_transition',
      seq: 2,
      order: { status: 'preparing' },
    });
    await wait('the change', () => changesOf(client).length === 1);
    expect(changesOf(client)[0]).toMatchObject({ by: { role: 'admin' }, previousStatus: 'pending' });
    expect(changesOf(client)[0]).not.toHaveProperty('cause');
  });

  it('[C6] may refund; a recall needs no baseVersion', async () => {
    const order = await place(store, { status: 'ready' });
    const on = { storeId: store.id, orderId: order.id };
    expect(await ask({ ...on, type: 'set_payment', payload: { status: 'refunded' } })).toMatchObject({
      outcome: 'applied',
    });
    const recall = { ...on, type: 'set_status', payload: { from: 'ready', to: 'preparing' } };
    expect(await ask({ ...recall, baseVersion: 1 })).toMatchObject({ outcome: 'rejected', code: 'stale' });
    expect(await ask(recall)).toMatchObject({ outcome: 'applied' });
  });

  it('is rejected for an unknown order or one of another store, and refused for an unknown store', async () => {
    const { id: orderId } = await place();
    const other = await server.makeStore();
    const intent = { orderId, type: 'set_priority', payload: { priority: true } };
    for (const wrong of [
      { ...intent, storeId: other.id },
      { ...intent, storeId: store.id, orderId: 'nobody' },
    ])
      expect(await ask(wrong)).toMatchObject({ outcome: 'rejected', code: 'not_found' });
    expect(await ask({ ...intent, storeId: 'nobody' })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('names the invalid fields, and changes nothing', async () => {
    const { id: orderId, seq } = await place();
    const intent = { storeId: store.id, orderId, type: 'set_priority', payload: { priority: true } };
    const wrong = [null, {}, { ...intent, n: 1 }, { ...intent, payload: { priority: 1 } }, { ...intent, type: 'fly' }];
    for (const payload of wrong)
      expect(await ask(payload as object), JSON.stringify(payload)).toMatchObject({
        error: { code: 'invalid_request' },
      });
    expect((await server.service.log.head(store.id)).head).toBe(seq);
  });
});

describe('[section 3] a manager on /admin', () => {
  const manager = async () => {
    const { deviceId, token } = await server.addDevice(store.id, 'manager', 'Office');
    return { deviceId, client: await connect(token) };
  };

  it('follows its own store, which is all that there is for it', async () => {
    const other = await server.makeStore();
    const { client } = await manager();
    const { client: second } = await manager();
    expect(await client.ask('subscribe', '*')).toMatchObject({ stores: [{ storeId: store.id, head: 0 }] });
    expect(await second.ask('subscribe', { storeIds: [store.id] })).toMatchObject({ stores: [{ storeId: store.id }] });
    for (const storeIds of [[other.id], [store.id, other.id], ['nobody']])
      expect(await client.ask('subscribe', { storeIds })).toMatchObject({ error: { code: 'not_found' } });
    await place(other);
    await server.makeStore();
    await place();
    for (const one of [client, second]) {
      await wait('its own', () => changesOf(one).length === 1 && one.of('stats').length > 0);
      await sleep(200);
      expect(new Set(one.received.map(({ payload }) => payload.storeId))).toEqual(new Set([store.id]));
    }
  });

  it('commands its own store’s orders as itself, and no others', async () => {
    const other = await server.makeStore();
    const [mine, theirs] = [await place(), await place(other)];
    const { client, deviceId } = await manager();
    const accept = { type: 'set_status', payload: { from: 'pending', to: 'preparing' } };
    expect(await client.ask('command', { storeId: store.id, orderId: mine.id, ...accept })).toMatchObject({
      outcome: 'applied',
    });
    const wrong = await client.ask('command', { storeId: other.id, orderId: theirs.id, ...accept });
    expect(wrong).toMatchObject({ error: { code: 'not_found' } });
    const { changes } = (await server.api('GET', `/orders/${mine.id}/history`)).json;
    expect(changes[1].by).toEqual({ role: 'manager', id: deviceId, name: 'Office' });
    expect((await server.service.log.head(other.id)).head).toBe(1);
  });

  it('is disconnected within 2 s when it is revoked', async () => {
    const { client, deviceId } = await manager();
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    const started = performance.now();
    await server.api('DELETE', `/devices/${deviceId}`);
    expect(await gone).toBe('io server disconnect');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

it('sends an escalation to subscribers of its store, and lists it', async () => {
  await server.api('PATCH', `/stores/${store.id}`, { body: { settings: { acknowledgeWithinSeconds: 10 } } });
  const [client, stranger] = [await connect(), await connect()];
  await client.ask('subscribe', '*');
  await stranger.ask('subscribe', { storeIds: [(await server.makeStore()).id] });
  const order = await place();
  ahead += 10_000;
  await until('it is raised', () => client.of('escalation').length > 0, 16_000);
  const [raised] = client.of('escalation') as unknown as Escalation[];
  expect(raised).toMatchObject({ kind: 'unacknowledged', storeId: store.id, orderId: order.id, resolvedAt: null });
  const { json } = await server.api('GET', `/stores/${store.id}/escalations?open=true&orderId=${order.id}`);
  expect(json).toEqual({ escalations: [raised], nextBefore: null });
  const figures = (await server.api('GET', '/metrics')).text;
  expect(figures).toContain('ticketrail_escalations_total{kind="unacknowledged"} 1');
  expect(figures).toContain('ticketrail_escalations_open{kind="unacknowledged"} 1');
  expect(figures).toContain('ticketrail_notifications_total{notifier="log",outcome="told"} 1');
  const acknowledge = { storeId: store.id, orderId: order.id, type: 'acknowledge', payload: {} };
  expect(await client.ask('command', acknowledge)).toMatchObject({ outcome: 'applied' });
  await until('it is resolved', () => client.of('escalation').length > 1, 5_000);
  expect((await server.api('GET', `/stores/${store.id}/escalations?open=true`)).json.escalations).toEqual([]);
  expect(stranger.of('escalation')).toEqual([]);
  expect((await server.api('GET', '/stores/nobody/escalations')).status).toBe(404);
  expect((await server.api('GET', `/stores/${store.id}/escalations?limit=201`)).status).toBe(400);
}, 30_000);
