import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { PublicOrder } from '#contract/public-order.ts';
import type { Change } from '#contract/sync.ts';
import { customerJwt } from '#test/support/customer-jwt.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { connectStore, type HandshakeRefused, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { CONNECTIONS_EACH } from './create-customers.ts';

const SECRET = 'a-secret-for-customers-0123456789';
let server: TestServer;
let store: TestStore;
let nino: string;
const clients: StoreClient[] = [];
beforeAll(async () => {
  server = await startServer({ CUSTOMER_TOKEN_SECRET: SECRET });
});
beforeEach(async () => {
  store = await server.makeStore();
  nino = customerJwt(SECRET, { sub: 'u-1', store: store.id });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.close());

interface CustomerClient extends StoreClient {
  orders: PublicOrder[];
  removed: string[];
  raw: string[];
}
async function connect(token: string, url = server.url): Promise<CustomerClient> {
  const received = { orders: [] as PublicOrder[], removed: [] as string[], raw: [] as string[] };
  const client = await connectStore(
    url,
    { token },
    {
      namespace: '/customer',
      onConnecting(socket) {
        socket.on('order', (order: PublicOrder) => received.orders.push(PublicOrder.strict().parse(order)));
        socket.on('order_removed', ({ id }: { id: string }) => received.removed.push(id));
        socket.onAny((...args) => received.raw.push(JSON.stringify(args)));
      },
    },
  );
  clients.push(client);
  return Object.assign(client, received);
}
const api = (method: string, path: string, body?: unknown) =>
  server.api(method, path, { token: store.integration.token, body });
const place = async (ref = 'u-1') =>
  (await api('POST', '/orders', orderDraft({ customer: { ref, name: 'Nino', phone: '+995555123456' } }))).json;
const move = (id: string, status: string) => api('POST', `/orders/${id}/status`, { status, reason: 'no fish' });
const wait = (what: string, look: () => boolean) => until(what, look, 10_000, 5);
const last = (client: CustomerClient, id: string) => client.orders.findLast((order) => order.id === id);

describe('[section 6] /customer', () => {
  it('sends each own open order after the connection, then each change of an own order', async () => {
    const [first, second, closed] = [await place(), await place(), await place()];
    await move(closed.id, 'cancelled');
    const other = await place('u-2');
    const client = await connect(nino);
    await wait('the open ones', () => client.orders.length === 2);
    expect(client.orders.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());

    await move(other.id, 'preparing');
    await move(first.id, 'preparing');
    const third = await place();
    await wait('the third', () => last(client, third.id) !== undefined);
    expect(last(client, first.id)).toMatchObject({ status: 'preparing', version: 2, cancellable: false });
    await move(first.id, 'ready');
    await move(first.id, 'completed');
    await wait('completed', () => last(client, first.id)?.status === 'completed');
    const versions = client.orders.filter(({ id }) => id === first.id).map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(client.raw.join()).not.toMatch(/995555|u-1|u-2/);
    expect(client.raw.join()).not.toContain(other.id);
  });

  it('sends the holder of a tracking token that order alone', async () => {
    const [mine, other] = [await place(), await place()];
    const client = await connect(mine.tracking.token);
    await wait('the order', () => client.orders.length === 1);
    await move(other.id, 'preparing');
    await move(mine.id, 'preparing');
    await wait('the change', () => client.orders.length === 2);
    expect(client.orders.map(({ id }) => id)).toEqual([mine.id, mine.id]);
  });

  it('says when an order is gone: deleted, also a closed one, or given to another customer', async () => {
    const closed = await place();
    await move(closed.id, 'rejected');
    const [deleted, given] = [await place(), await place()];
    const [client, neighbour] = [
      await connect(nino),
      await connect(customerJwt(SECRET, { sub: 'u-2', store: store.id })),
    ];
    await wait('the open ones', () => client.orders.length === 2);
    for (const { id } of [deleted, closed]) await api('DELETE', `/orders/${id}`);
    await api('PATCH', `/orders/${given.id}`, { customer: { ref: 'u-2' } });
    await wait('all are gone', () => client.removed.length === 3);
    expect(client.removed.sort()).toEqual([deleted.id, given.id, closed.id].sort());
    await wait('the neighbour has it', () => last(neighbour, given.id) !== undefined);
    expect(neighbour.removed).toEqual([]);
    await api('PATCH', `/orders/${given.id}`, { customer: { ref: 'u-1' } });
    await wait('it is back', () => last(client, given.id)?.version === 3);
    expect(neighbour.removed).toEqual([given.id]);
  });

  it('misses nothing of a customer who connects while orders come in', async () => {
    const placed: string[] = [];
    const placing = (async () => {
      for (let i = 0; i < 40; i++) placed.push((await place()).id);
    })();
    const connected: CustomerClient[] = [];
    for (let i = 0; i < 8; i++) {
      connected.push(await connect(nino));
      await sleep(10);
    }
    await placing;
    for (const client of connected)
      await wait('all', () => new Set(client.orders.map(({ id }) => id)).size === placed.length);
  });

  it('sends all of more open orders than fit one page', async () => {
    for (let i = 0; i < 60; i++) await place();
    const client = await connect(nino);
    await wait('all', () => new Set(client.orders.map(({ id }) => id)).size === 60);
  });
});

describe('[section 6] cancel', () => {
  it('is answered with the order, and reaches the displays as the customer’s', async () => {
    const { id } = await place();
    const display = await connectStore(server.url, { token: store.display.token });
    clients.push(display);
    const { epoch } = await display.hello();
    display.confirmAll();
    await display.hello({ epoch, cursor: 0, hash: null });
    const client = await connect(nino);
    const answer = (await client.ask('cancel', { orderId: id, reason: 'changed my mind' })) as PublicOrder;
    expect(PublicOrder.strict().parse(answer)).toMatchObject({
      id,
      status: 'cancelled',
      reason: 'customer: changed my mind',
    });
    expect(await client.ask('cancel', { orderId: id })).toEqual(answer);
    const changes = () => display.batches.flatMap((batch): Change[] => batch.changes);
    await wait('the display knows', () => changes().some(({ order }) => order?.status === 'cancelled'));
    expect(changes().at(-1)).toMatchObject({ by: { role: 'customer', id: 'u-1', name: 'Nino' } });
    await wait('pushed too', () => last(client, id)?.status === 'cancelled');
  });

  it('is refused like over HTTP, without effect', async () => {
    const [mine, theirs] = [await place(), await place('u-2')];
    await move(mine.id, 'preparing');
    const client = await connect(nino);
    const codeOf = async (payload: unknown) =>
      ((await client.ask('cancel', payload)) as { error?: { code: string } }).error?.code;
    expect(await codeOf({ orderId: mine.id })).toBe('invalid_transition');
    expect(await codeOf({ orderId: theirs.id })).toBe('not_found');
    expect(await codeOf({ orderId: 'nope' })).toBe('not_found');
    for (const payload of [{}, null, 7, { orderId: mine.id, reason: 7 }, { orderId: mine.id, more: 1 }])
      expect(await codeOf(payload)).toBe('invalid_request');
    for (const { id } of [mine, theirs]) expect((await api('GET', `/orders/${id}`)).json.status).not.toBe('cancelled');
  });

  it('counts as a request of the customer', async () => {
    const limited = await startServer({ CUSTOMER_TOKEN_SECRET: SECRET, RATE_LIMIT: '20' });
    onTestFinished(() => limited.close());
    const { id } = await limited.makeStore();
    const client = await connect(customerJwt(SECRET, { sub: 'u-1', store: id }), limited.url);
    const answers = [];
    for (let i = 0; i < 25; i++) answers.push(await client.ask('cancel', { orderId: 'nope' }));
    const codes = answers.map((answer) => (answer as { error: { code: string } }).error.code);
    expect(codes[0]).toBe('not_found');
    expect(codes.at(-1)).toBe('rate_limited');
  });
});

it('[section 6] a customer has a bounded number of connections; the newest stay', async () => {
  const { tracking } = await place();
  const connected: CustomerClient[] = [];
  for (let i = 0; i < CONNECTIONS_EACH + 2; i++) connected.push(await connect(nino));
  const other = await connect(tracking.token);
  await wait('the oldest have ended', () => connected.slice(0, 2).every(({ socket }) => !socket.connected));
  expect(connected.slice(2).every(({ socket }) => socket.connected)).toBe(true);
  expect(other.socket.connected).toBe(true);
  const { id } = await place();
  await wait('all get it', () => connected.slice(2).every((client) => last(client, id) !== undefined));
});

describe('[section 3] the handshake of /customer', () => {
  it('admits customers only', async () => {
    const outcomeOf = (token: unknown) =>
      connectStore(server.url, { token }, { namespace: '/customer' }).then(
        (client) => {
          client.close();
          return 'connected';
        },
        (error: HandshakeRefused) => error.code,
      );
    const { tracking } = await place();
    expect([await outcomeOf(nino), await outcomeOf(tracking.token)]).toEqual(['connected', 'connected']);
    for (const token of [
      undefined,
      null,
      '',
      7,
      `${tracking.token}x`,
      store.display.token,
      store.integration.token,
      customerJwt(SECRET, { sub: 'u-1', store: 'nowhere' }),
      customerJwt(SECRET, { sub: 'u-1', store: store.id, exp: 1 }),
    ])
      expect(await outcomeOf(token), String(token)).toBe('unauthorized');
  });

  it('a connection ends when its token expires', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 4;
    const [brief, lasting] = [
      await connect(customerJwt(SECRET, { sub: 'u-1', store: store.id, exp })),
      await connect(nino),
    ];
    expect(brief.socket.connected).toBe(true);
    await wait('it has ended', () => !brief.socket.connected);
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
    expect(lasting.socket.connected).toBe(true);
  });
});
