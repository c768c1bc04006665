import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createOutboundAgent } from '../../outbound/create-outbound-agent.ts';
import type { Page, TheirOrder } from '../adapter.ts';
import { createServiceClient } from '../create-service-client.ts';
import { AccessEnded, Later } from '../service-client.ts';
import { hubrise } from './hubrise.ts';
import { createFakeHubRise, type FakeHubRise } from './testing/fake-hubrise.ts';
import { hubrisePayload } from './testing/hubrise-payload.ts';

const dispatcher = createOutboundAgent(true);
const fakes: FakeHubRise[] = [];
afterEach(() => {
  for (const fake of fakes.splice(0)) fake.close();
});

async function connect(locationId = '3r4s3-1') {
  let time = Date.parse('2026-06-24T18:00:00+02:00');
  const fake = await createFakeHubRise(() => time);
  fakes.push(fake);
  const settings = hubrise.settings.parse({ locationId });
  const secret = { accessToken: 'tok', clientSecret: 'hush' };
  const access = hubrise.service({ settings, secret, baseUrl: `${fake.url}/` });
  if (!access) throw new Error('unreachable');
  const client = createServiceClient(access, { dispatcher });
  const store = { currency: 'EUR', timeZone: 'Europe/Paris' };
  const eventsUrl = 'https://kitchen.example/api/v1/hooks/1';
  const calls = hubrise.open({ settings, secret, client, eventsUrl, store, now: () => time });

  async function pages(cursor: string | null, onPage?: (page: Page) => void) {
    const orders: TheirOrder[] = [];
    for await (const page of calls.pull?.(cursor) ?? []) {
      orders.push(...page.orders);
      cursor = page.cursor;
      onPage?.(page);
      await page.stored?.();
    }
    return { orders, ids: orders.map(({ id }) => id), cursor };
  }
  /** The source was added, and has seen what was there. */
  async function added() {
    const { cursor } = await pages(null);
    fake.requests.length = 0;
    return cursor;
  }
  const pass = (ms: number) => {
    time += ms;
  };
  return { fake, calls, pull: pages, added, pass, eventsUrl };
}
const placed = (id: string, changes: Record<string, unknown> = {}) => hubrisePayload({ id, ...changes });
const asked = (fake: FakeHubRise) => fake.requests.map(({ method, path }) => `${method} ${path}`);
const statusOf = ({ state }: TheirOrder) => (state.kind === 'order' ? state.theirStatus : state.kind);

describe('HubRise, pulled', () => {
  it('brings first the orders of the last days, and makes a callback before it lists them', async () => {
    const { fake, pull } = await connect();
    fake.place(placed('a'));
    fake.place(placed('b', { status: 'completed' }));
    fake.place(placed('c', { created_at: '2026-05-01T10:00:00+02:00' }));
    expect((await pull(null)).ids).toEqual(['b', 'a']);
    expect(fake.callback()).toEqual({ url: null, events: { order: ['create', 'update'] } });
    expect(asked(fake).indexOf('POST /v1/callback')).toBeLessThan(
      asked(fake).indexOf('GET /v1/locations/3r4s3-1/orders'),
    );
  });

  it('has a cursor after the first pull, also if there are no orders', async () => {
    const { added } = await connect();
    expect(await added()).not.toBeNull();
  });

  it('brings the orders of its events as they are now, and deletes the events when they are stored', async () => {
    const { fake, pull, added } = await connect();
    const cursor = await added();
    fake.place(placed('a'));
    fake.change('a', { status: 'cancelled' });
    fake.place(placed('b'));
    let waiting = 0;
    const { orders } = await pull(cursor, () => {
      waiting = fake.waiting().length;
    });
    expect(orders.map((order) => [order.id, statusOf(order)])).toEqual([
      ['a', 'cancelled'],
      ['b', 'new'],
    ]);
    expect(waiting).toBe(3);
    expect(fake.waiting()).toEqual([]);
    expect((await pull(cursor)).ids).toEqual([]);
  });

  it('brings them again if it ended before the events were deleted', async () => {
    const { fake, calls, pull, added } = await connect();
    const cursor = await added();
    fake.place(placed('a'));
    for await (const page of calls.pull?.(cursor) ?? []) {
      expect(page.orders).toHaveLength(1);
      break;
    }
    expect((await pull(cursor)).ids).toEqual(['a']);
    expect(fake.waiting()).toEqual([]);
  });

  it('takes what an event says if the order is not shown, and drops an event of nothing', async () => {
    const { fake, pull, added } = await connect();
    const cursor = await added();
    const old = fake.place(placed('a'), { at: '2026-06-24T17:00:00+02:00' });
    fake.change('a', { status: 'accepted' }, { at: '2026-06-24T17:05:00+02:00' });
    fake.tell({ ...old, id: 'late' });
    fake.hide('a');
    const { orders } = await pull(cursor);
    expect(orders.map(statusOf)).toEqual(['accepted']);
    expect(orders[0]).toMatchObject({ mark: Date.parse('2026-06-24T17:05:00+02:00') });
    expect(orders[0]?.isCurrent).toBeUndefined();
    fake.tell({ id: 'e99', order_id: 'gone', resource_type: 'order', created_at: '2026-06-24T17:05:00+02:00' });
    expect((await pull(cursor)).orders.map(statusOf)).toEqual(['none']);
    expect(fake.waiting()).toEqual([]);
  });

  it('leaves the events of other locations where they are, and deletes what is not about orders', async () => {
    const { fake, pull, added } = await connect();
    const cursor = await added();
    const one = fake.place(placed('a'));
    for (let i = 0; i < 120; i++) fake.tell({ ...one, id: `other${i}`, location_id: '3r4s3-2' });
    fake.tell({ id: 'c1', resource_type: 'customer', created_at: '', location_id: '3r4s3-1', order_id: '' });
    expect((await pull(cursor)).ids).toEqual(['a']);
    expect(fake.waiting()).toHaveLength(120);
  });

  it('brings all of 130 orders, listed by 100 and not read one by one', async () => {
    const { fake, pull, added } = await connect();
    const cursor = await added();
    for (let i = 0; i < 130; i++) fake.place(placed(`o${i}`, { created_at: '2026-06-24T18:00:00+02:00' }));
    expect(new Set((await pull(cursor)).ids).size).toBe(130);
    expect(fake.waiting()).toEqual([]);
    const reads = fake.requests.filter(({ method, path }) => method === 'GET' && /orders\/o\d+$/.test(path));
    expect(reads.length).toBeLessThan(20);
  });

  it('finds orders without events at the start, after a gap and every hour, and asks no more in between', async () => {
    const { fake, pull, added, pass } = await connect();
    let cursor = await added();
    fake.place(placed('lost'), { isLost: true });
    expect((await pull(cursor)).ids).toEqual([]);
    expect(asked(fake)).toEqual(['GET /v1/callback/events']);
    pass(20 * 60_000);
    const found = await pull(cursor);
    expect(found.orders).toMatchObject([{ id: 'lost', isCurrent: true }]);
    cursor = found.cursor;
    for (let i = 0; i < 7; i++) {
      pass(10 * 60_000);
      const { ids } = await pull(cursor);
      expect(ids).toEqual(i === 5 ? ['lost'] : []);
    }
  });

  it('shows finished orders in a list as such: one that is known here was perhaps cancelled', async () => {
    const { fake, pull, added, pass } = await connect();
    const cursor = await added();
    fake.place(placed('a', { status: 'cancelled' }), { isLost: true });
    pass(20 * 60_000);
    const lists: unknown[] = [];
    const { orders } = await pull(cursor, ({ isList, orders }) => orders.length > 0 && lists.push(isList));
    expect(orders.map(statusOf)).toEqual(['cancelled']);
    expect(lists).toEqual([true]);
  });

  it('leaves an active callback to our address as it is', async () => {
    const { fake, pull, eventsUrl } = await connect();
    const callback = { url: eventsUrl, events: { order: ['create', 'update'] } };
    fake.setCallback(callback);
    await pull(null);
    expect(fake.requests.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('says which location a token is for that is not for this one', async () => {
    const { pull } = await connect('3r4s3-7');
    await expect(pull(null)).rejects.toThrow('the token is for the location 3r4s3-1, and not for 3r4s3-7');
  });

  it('takes no callback away from another program, and says so', async () => {
    const { fake, pull } = await connect();
    fake.setCallback({ url: 'https://other.example/x', events: { order: ['create'] } });
    await expect(pull(null)).rejects.toThrow(/https:\/\/other\.example\/x/);
    expect(fake.requests.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('replaces one to an address of ours that is no more, and keeps its other events', async () => {
    const { fake, pull } = await connect();
    fake.setCallback({ url: 'https://kitchen.example/api/v1/hooks/old', events: { customer: ['create'] } });
    await pull(null);
    expect(fake.callback()).toEqual({ url: null, events: { customer: ['create'], order: ['create', 'update'] } });
  });

  it('waits as long as HubRise says, and stops when the token is revoked', async () => {
    const limited = await connect();
    limited.fake.failNext([429, { error_type: 'too_many_requests' }, { 'retry-after': '7' }]);
    await expect(limited.pull(null)).rejects.toEqual(new Later('the answer was 429', 7_000));
    const revoked = await connect();
    revoked.fake.revokeToken();
    await expect(revoked.pull(null)).rejects.toBeInstanceOf(AccessEnded);
  });

  it('reads an order for a callback only after a pull that reads has stored', async () => {
    const { fake, calls, added } = await connect();
    const cursor = await added();
    fake.place(placed('a'));
    const order: string[] = [];
    let looked: Promise<unknown> | undefined;
    for await (const page of calls.pull?.(cursor) ?? []) {
      looked ??= calls.look?.('a').then(() => order.push('look'));
      await page.stored?.();
      order.push('stored');
    }
    await looked;
    expect(order).toEqual(['stored', 'look']);
  });
});

describe('an active callback of HubRise', () => {
  it('names the order, whose state is not trusted', async () => {
    const { fake, calls } = await connect();
    const event = fake.place(placed('a'));
    expect(calls.hear?.(fake.delivery(event))).toEqual({ kind: 'look', ids: ['a'] });
    expect(await calls.look?.('a')).toMatchObject({ id: 'a', isCurrent: true, state: { kind: 'order' } });
    const strange = { ...event, order_id: '../x' };
    expect(calls.hear?.(fake.delivery(strange))).toEqual({ kind: 'look', ids: [] });
  });

  it.each([{ resource_type: 'customer' }, { location_id: '3r4s3-2' }])('is nothing with %j', async (changes) => {
    const { fake, calls } = await connect();
    const event = fake.place(placed('a'));
    expect(calls.hear?.(fake.delivery({ ...event, ...changes }))).toMatchObject({ kind: 'nothing' });
  });

  it('is forged with a wrong signature, without one, and after a change', async () => {
    const { fake, calls } = await connect();
    const { body, headers } = fake.delivery(fake.place(placed('a')));
    const { 'x-hubrise-hmac-sha256': signature, ...unsigned } = headers;
    for (const wrong of [
      { body, headers: unsigned },
      { body: Buffer.concat([body, Buffer.from(' ')]), headers },
      { body, headers: { ...headers, 'x-hubrise-hmac-sha256': '' } },
      { body, headers: { ...headers, 'x-hubrise-hmac-sha256': Buffer.from(signature, 'hex').toString('base64') } },
    ])
      expect(calls.hear?.(wrong)).toMatchObject({ kind: 'forged' });
  });

  it('counts if the order is not shown; an order that was not told of is pulled', async () => {
    const { fake, calls } = await connect();
    calls.hear?.(fake.delivery(fake.place(placed('h'))));
    fake.hide('h');
    expect(await calls.look?.('h')).toMatchObject({
      id: 'h',
      mark: Date.parse('2026-06-24T18:00:00+02:00'),
      state: { kind: 'order' },
    });
    await expect(calls.look?.('a')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a status for HubRise', () => {
  const order = (status: string, changes: Partial<Order> = {}) =>
    ({ status, fulfilment: 'pickup', dueAt: null, ...changes }) as Order;

  it.each([
    ['pending', 'new', 'received'],
    ['preparing', 'received', 'accepted'],
    ['preparing', 'awaiting_collection', 'in_preparation'],
    ['ready', 'accepted', 'awaiting_collection'],
    ['completed', 'awaiting_collection', 'completed'],
    ['rejected', 'received', 'rejected'],
    ['cancelled', 'in_delivery', 'cancelled'],
  ])('%s is written over “%s” as “%s”', async (ours, theirs, said) => {
    const { fake, calls } = await connect();
    fake.place(placed('a', { status: theirs }));
    expect(await calls.push?.(order(ours), 'a')).toMatchObject({
      said,
      theirs: { id: 'a', isCurrent: true, state: { theirStatus: said } },
    });
    expect(fake.statuses).toEqual([{ id: 'a', status: said, body: { status: said }, before: theirs }]);
  });

  it('for a delivery has words for ready and on its way', async () => {
    const { fake, calls } = await connect();
    fake.place(placed('a', { status: 'accepted' }));
    await calls.push?.(order('ready', { fulfilment: 'delivery' }), 'a');
    await calls.push?.(order('delivering', { fulfilment: 'delivery' }), 'a');
    expect(fake.statuses.map(({ status }) => status)).toEqual(['awaiting_shipment', 'in_delivery']);
  });

  it('confirms the time that is known, in the zone of the store', async () => {
    const { fake, calls } = await connect();
    fake.place(placed('a'));
    await calls.push?.(order('preparing', { dueAt: '2026-06-24T17:07:52.000Z' }), 'a');
    expect(fake.statuses[0]?.body).toEqual({ status: 'accepted', confirmed_time: '2026-06-24T19:07:52+02:00' });
  });

  it.each([
    ['pending', 'received'],
    ['pending', 'accepted'],
    ['preparing', 'in_preparation'],
    ['preparing', 'cancelled'],
    ['preparing', 'in_delivery'],
    ['ready', 'completed'],
    ['completed', 'delivery_failed'],
    ['cancelled', 'cancelled'],
  ])('%s is not written over “%s”', async (ours, theirs) => {
    const { fake, calls } = await connect();
    fake.place(placed('a', { status: theirs }));
    expect(await calls.push?.(order(ours), 'a')).toEqual({ nothing: `HubRise has it as “${theirs}”.` });
    expect(fake.statuses).toEqual([]);
  });

  it.each(['an event', 'a callback'])(
    'that came just after the end of the order does not undo it, told by %s',
    async (way) => {
      const { fake, calls, pull, added } = await connect();
      const cursor = await added();
      fake.place(placed('a'));
      await pull(cursor);
      // Between our reading and our writing.
      const event = fake.change('a', { status: 'cancelled' });
      await calls.push?.(order('pending'), 'a');
      expect(fake.get('a')?.status).toBe('received');
      if (way === 'a callback') calls.hear?.(fake.delivery(event));
      const seen = way === 'a callback' ? await calls.look?.('a') : (await pull(cursor)).orders[0];
      expect(seen).toMatchObject({ isCurrent: true, state: { status: 'cancelled' } });
      expect(fake.get('a')?.status).toBe('cancelled');
    },
  );

  it('is written at once for an order that was just read, and also for one that is not shown', async () => {
    const { fake, calls, pull, added } = await connect();
    const cursor = await added();
    fake.place(placed('a'));
    await pull(cursor);
    fake.requests.length = 0;
    await calls.push?.(order('pending'), 'a');
    expect(asked(fake)).toEqual(['PATCH /v1/locations/3r4s3-1/orders/a']);
    fake.hide('b');
    fake.place(placed('b'));
    await expect(calls.push?.(order('ready'), 'b')).rejects.toMatchObject({ status: 404 });
  });
});
