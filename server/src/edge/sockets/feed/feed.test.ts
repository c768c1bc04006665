import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FeedChange } from '#contract/feed.ts';
import { connectFeed, type FeedClient, type FeedOptions } from '#test/support/feed-client.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { ADMIN_TOKEN, startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { readSettings } from '../../../settings.ts';
import { makeShop } from '../../../testing/shop.ts';
import { sqliteService, ADMIN_TOKEN as TEMP_ADMIN } from '../../../testing/temp-service.ts';
import { createServer } from '../../create-server.ts';

/** How far the server's monotonic clock is ahead, ms. */
let ahead = 0;
let server: TestServer;
let store: TestStore;
const clients: FeedClient[] = [];
beforeAll(async () => {
  server = await startServer({}, undefined, () => performance.now() + ahead);
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterEach(() => {
  for (const { ws } of clients.splice(0)) ws.terminate();
});
afterAll(() => server.close());

async function connect(options: Partial<FeedOptions> = {}, url = server.url): Promise<FeedClient> {
  const client = await connectFeed(url, { token: store.integration.token, ...options });
  clients.push(client);
  await until('the first message', () => client.messages.length > 0, 5_000, 5);
  return client;
}
const ask = async (method: string, path: string, body?: unknown) =>
  (await server.api(method, path, { token: store.integration.token, body })).json;
const place = () => ask('POST', '/orders', orderDraft());
const epochOf = async () => (await server.service.log.head(store.id)).epoch;
const seqs = (client: FeedClient) => client.changes().map(({ seq }) => seq);
const hasAll = (client: FeedClient, head: number) =>
  until(`everything up to ${head}`, () => client.changes().at(-1)?.seq === head, 10_000, 5);

/** Makes a change of each type. */
async function everyType(): Promise<void> {
  const [first, second] = [await place(), await place()];
  await ask('PATCH', `/orders/${first.id}`, { note: 'ring the bell' });
  await ask('POST', `/orders/${first.id}/status`, { status: 'preparing' });
  await ask('POST', `/orders/${first.id}/payment`, { status: 'paid' });
  const acknowledge = { commandId: randomUUID(), orderId: second.id, type: 'acknowledge', payload: {} };
  const commands = [{ ...acknowledge, baseVersion: 1, issuedAt: new Date().toISOString() }];
  await server.api('POST', '/commands', { token: store.display.token, body: { commands } });
  await ask('POST', `/orders/${second.id}/status`, { status: 'cancelled', reason: 'no fish' });
  await ask('DELETE', `/orders/${first.id}`);
}

describe('[section 10] the feed', () => {
  it('says hello, then each change with its order as it was after it', async () => {
    const client = await connect();
    expect(client.messages).toEqual([{ type: 'hello', data: { epoch: await epochOf(), head: 0 } }]);
    await everyType();
    await hasAll(client, 8);
    const changes = client.changes();
    expect(changes.map(({ type }) => type)).toEqual([
      'order_created',
      'order_created',
      'order_updated',
      'order_status_changed',
      'payment_updated',
      'order_acknowledged',
      'order_status_changed',
      'order_deleted',
    ]);
    expect(changes.map(({ data }) => data.order?.version)).toEqual([1, 1, 2, 3, 4, 2, 3, undefined]);
    for (const [i, { seq, at, data }] of changes.entries()) {
      expect([seq, new Date(at).toISOString()]).toEqual([i + 1, at]);
      expect(data.order?.seq ?? seq).toBe(seq);
      expect(data.order?.id ?? data.orderId).toBe(data.orderId);
    }
    expect(changes[2]?.data).not.toHaveProperty('reason');
    expect(changes[3]?.data.previousStatus).toBe('pending');
    expect(changes[6]?.data).toMatchObject({ previousStatus: 'pending', reason: 'no fish' });
    expect(changes[7]?.data.order).toBe(null);
  });

  it('goes on after any change as if it had not been away', async () => {
    const live = await connect();
    await everyType();
    await hasAll(live, 8);
    const epoch = await epochOf();
    for (let since = 0; since <= 8; since++) {
      const client = await connect({ query: { since, epoch } });
      if (since < 8) await hasAll(client, 8);
      expect(client.messages[0]).toEqual({ type: 'hello', data: { epoch, head: 8 } });
      expect(client.changes()).toEqual(live.changes().slice(since));
    }
    const [before, caughtUp] = [clients.length, clients.at(-1)];
    await place();
    for (const client of clients.slice(0, before)) await hasAll(client, 9);
    expect(caughtUp && seqs(caughtUp)).toEqual([9]);
  });

  it('[S2] says why it cannot go on, and ends', async () => {
    await place();
    const epoch = await epochOf();
    for (const [query, reason] of [
      [{ since: 1, epoch: 'another' }, 'epoch'],
      [{ since: 7, epoch: 'another' }, 'epoch'],
      [{ since: 2, epoch }, 'future'],
      [{ since: 999_999_999, epoch }, 'future'],
    ] as const) {
      const client = await connect({ query });
      expect(await client.ended).toEqual({ code: 1000, reason: 'reset' });
      expect(client.messages).toEqual([{ type: 'reset', data: { reason } }]);
    }
  });

  it('sends nothing of another store', async () => {
    const other = await server.makeStore();
    const mine = await connect();
    const theirs = await connect({ token: ADMIN_TOKEN, query: { storeId: other.id } });
    await place();
    await hasAll(mine, 1);
    await until('figures', () => mine.of('stats_updated').some(({ data }) => data.orders === 1), 5_000);
    expect(theirs.changes()).toEqual([]);
    expect(theirs.of('stats_updated').every(({ data }) => data.orders === 0)).toBe(true);
  });

  it('sends the figures of the day when they changed, once a second at most', async () => {
    const client = await connect();
    await until('the first', () => client.of('stats_updated').length === 1, 5_000);
    const began = performance.now();
    for (let i = 0; i < 40; i++) await place();
    const { json } = await server.api('GET', `/stats?storeId=${store.id}`);
    await until('the last', () => client.of('stats_updated').at(-1)?.data.orders === 40, 5_000);
    const count = client.of('stats_updated').length;
    expect(count - 1).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 1_000) + 1);
    expect(client.of('stats_updated').at(-1)).toEqual({ type: 'stats_updated', data: json });
    await sleep(2_200);
    expect(client.of('stats_updated')).toHaveLength(count);
  });

  it('sends what the store takes when that changes, and when a time ends', async () => {
    const [client, other] = [await connect(), await connect({ token: (await server.makeStore()).display.token })];
    const busyUntil = new Date(Date.now() + 1_500).toISOString();
    const path = `/stores/${store.id}/availability`;
    expect((await server.api('PATCH', path, { token: store.display.token, body: { busyUntil } })).status).toBe(200);
    await until('both', () => client.of('availability').length === 2, 5_000);
    expect(client.of('availability').map(({ data }) => data.busyUntil)).toEqual([busyUntil, null]);
    expect(other.of('availability')).toEqual([]);
  });

  it('sends an escalation when it is raised and when it is resolved', async () => {
    await server.api('PATCH', `/stores/${store.id}`, { body: { settings: { acknowledgeWithinSeconds: 10 } } });
    const client = await connect();
    const order = await place();
    ahead += 10_000;
    await until('it is raised', () => client.of('escalation').length === 1, 10_000);
    await ask('POST', `/orders/${order.id}/status`, { status: 'preparing' });
    await until('it is resolved', () => client.of('escalation').length === 2, 10_000);
    const [raised, resolved] = client.of('escalation').map(({ data }) => data);
    expect(raised).toMatchObject({ kind: 'unacknowledged', storeId: store.id, orderId: order.id, resolvedAt: null });
    expect(resolved).toEqual({ ...raised, resolvedAt: expect.any(String) });
  }, 30_000);

  it('answers a ping, ignores other messages, and ends a client whose messages are too large', async () => {
    const client = await connect();
    const junk = [
      '',
      'no json',
      'null',
      '7',
      '[]',
      '{}',
      '{"type":{}}',
      '{"__proto__":{"type":"ping"}}',
      '['.repeat(4_000),
    ];
    for (const text of junk) client.ws.send(text);
    client.ws.send(Buffer.from('{"type":"ping"}'));
    client.ws.ping();
    client.ws.send('{"type":"ping"}');
    await until('a pong', () => client.of('pong').length > 0, 5_000, 5);
    expect(client.messages.slice(1)).toEqual([{ type: 'pong' }]);
    client.ws.send('x'.repeat(5_000));
    expect((await client.ended).code).toBe(1009);
    const broken = await connect();
    (broken.ws as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.alloc(6, 0xff));
    expect((await broken.ended).code).toBe(1002);
    expect((await server.api('GET', '/stores')).status).toBe(200);
  });

  it('ends a client that does not answer two pings, and no other', async () => {
    // Its own pings come 20 s after its start.
    const fresh = await startServer();
    onTestFinished(() => fresh.close());
    const { token } = (await fresh.makeStore()).display;
    const [client, silent] = [
      await connect({ token }, fresh.url),
      await connect({ token, autoPong: false }, fresh.url),
    ];
    const { ping } = fresh.server.sockets.feed;
    const pinged = () => new Promise((resolve) => client.ws.once('ping', resolve));
    for (let i = 0; i < 3; i++) {
      expect(silent.closed).toBe(null);
      const arrived = pinged();
      ping();
      await arrived;
      // Its answer has arrived before the next ping.
      client.ws.send('{"type":"ping"}');
      await until('a pong', () => client.of('pong').length > i, 5_000, 5);
    }
    expect((await silent.ended).code).toBe(1006);
    expect(client.closed).toBe(null);
  });

  it('is counted in the metrics', async () => {
    const figure = async (name: string) =>
      Number(/ (\d+)$/m.exec((await server.api('GET', '/metrics')).text.split(`ticketrail_${name}`)[1] ?? '')?.[1]);
    const connected = 'feeds{role="integration"}';
    const [before, resets] = [await figure(connected), await figure('feed_ends_total{reason="reset"}')];
    const client = await connect();
    expect(await figure(connected)).toBe(before + 1);
    client.ws.close();
    await until('it is gone', async () => (await figure(connected)) === before, 5_000);
    await (await connect({ query: { since: 9, epoch: 'x' } })).ended;
    expect(await figure('feed_ends_total{reason="reset"}')).toBe(resets + 1);
  });
});

it('[section 3] a revoked client of the feed is ended within 2 s, and no other', async () => {
  const { deviceId, token } = await server.addDevice(store.id, 'integration');
  const [lost, mute, kept] = [await connect({ token }), await connect({ token }), await connect()];
  // It does not answer the close.
  mute.ws.pause();
  const started = performance.now();
  await server.api('DELETE', `/devices/${deviceId}`);
  expect(await lost.ended).toEqual({ code: 1008, reason: 'revoked' });
  const { feeds } = server.server.metrics;
  const connected = async () => (await feeds.get()).values.find(({ labels }) => labels.role === 'integration')?.value;
  await until('both are gone', async () => (await connected()) === 1, 2_000, 10);
  expect(performance.now() - started).toBeLessThan(2_000);
  await place();
  await hasAll(kept, 1);
  expect(lost.changes()).toEqual([]);
});

it('[S2] says too_old to a client whose place the log no longer has', async () => {
  const temp = await sqliteService({ retention: { logDays: 0, logChanges: 2, block: 1 }, now: Date.now() });
  const settings = readSettings({ PORT: '0', ADMIN_TOKEN: TEMP_ADMIN, RATE_LIMIT: '0' });
  const log = pino({ level: 'silent' });
  const small = await createServer({ settings, service: temp.service, log });
  const stop = await small.listen();
  onTestFinished(async () => {
    await stop();
    await temp.dispose();
  });
  const shop = await makeShop(temp.service);
  for (let i = 0; i < 6; i++) await shop.place();
  temp.clock.now += 1_000;
  await temp.service.clean();
  const { epoch } = await temp.service.log.head('main');
  const from = (since: number) => connect({ token: TEMP_ADMIN, query: { storeId: 'main', since, epoch } }, small.url());
  const late = await from(2);
  expect([await late.ended, late.messages]).toEqual([
    { code: 1000, reason: 'reset' },
    [{ type: 'reset', data: { reason: 'too_old' } }],
  ]);
  const just = await from(4);
  await until('the rest', () => seqs(just).length === 2, 5_000, 5);
  expect(seqs(just)).toEqual([5, 6]);
});

it('ends its clients when the server stops, which does not wait for them', async () => {
  const short = await startServer();
  const { display } = await short.makeStore();
  const [client, mute] = [
    await connect({ token: display.token }, short.url),
    await connect({ token: display.token }, short.url),
  ];
  mute.ws.pause();
  const began = performance.now();
  await short.close();
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(await client.ended).toEqual({ code: 1001, reason: 'closing' });
});

it('a change has exactly the fields of the contract', async () => {
  const client = await connect();
  await place();
  await hasAll(client, 1);
  const [change] = client.changes() as [FeedChange];
  expect(Object.keys(change).sort()).toEqual(['at', 'data', 'seq', 'type']);
  expect(Object.keys(change.data).sort()).toEqual(['order', 'orderId']);
  expect(change.data.order).toEqual((await ask('GET', `/orders/${change.data.orderId}`)) as object);
});
