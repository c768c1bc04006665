import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createOutboundAgent } from '../../outbound/create-outbound-agent.ts';
import { createServiceClient } from '../create-service-client.ts';
import { Conflict, Refused } from '../service-client.ts';
import { square } from './square.ts';
import { createFakeSquare, type FakeSquare } from './testing/fake-square.ts';
import { pickup, squarePayload, tillPayload } from './testing/square-payload.ts';

const dispatcher = createOutboundAgent(true);
const fakes: FakeSquare[] = [];
afterEach(() => {
  for (const fake of fakes.splice(0)) fake.close();
});
const EVENTS = 'https://kitchen.example/api/v1/hooks/s1';
const NOON = Date.UTC(2026, 10, 21, 12);

async function connect(signatureKey: string | null = 'hush') {
  const fake = await createFakeSquare();
  fakes.push(fake);
  const settings = square.settings.parse({ locationId: 'L1', environment: 'sandbox' });
  const secret = square.secret?.parse({ accessToken: 'token', signatureKey });
  if (!secret) throw new Error('unreachable');
  const access = square.service({ settings, secret, baseUrl: fake.url });
  if (!access) throw new Error('unreachable');
  const client = createServiceClient(access, { dispatcher });
  const store = { currency: 'USD', timeZone: 'Europe/Berlin' };
  const calls = square.open({ settings, secret, client, eventsUrl: EVENTS, store, now: () => NOON });
  async function pull(cursor: string | null) {
    const ids: string[] = [];
    for await (const page of calls.pull?.(cursor) ?? []) {
      ids.push(...page.orders.map(({ id }) => id));
      cursor = page.cursor;
    }
    return { ids: new Set(ids), cursor };
  }
  return { fake, calls, pull };
}
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 10, minutes)).toISOString();
const many = (count: number) => Array.from({ length: count }, (_, i) => `O${String(i).padStart(3, '0')}`);

it('is called in production or in the sandbox', () => {
  const secret = { accessToken: 't' };
  const urlOf = (environment: 'production' | 'sandbox') =>
    square.service({ settings: { locationId: 'L1', environment }, secret, baseUrl: null })?.url;
  expect(urlOf('production')).toBe('https://connect.squareup.com');
  expect(urlOf('sandbox')).toBe('https://connect.squareupsandbox.com');
});

describe('Square, pulled', () => {
  it('brings first what is open, of the last day or due later, and nothing that is paid at the till', async () => {
    const { fake, pull } = await connect();
    const dueAt = (minutes: number) => [pickup({}, { pickup_at: at(minutes) })];
    fake.put(squarePayload({ id: 'old', updated_at: at(-3 * 24 * 60), fulfillments: dueAt(-2 * 24 * 60) }));
    fake.put(squarePayload({ id: 'booked', updated_at: at(-3 * 24 * 60), fulfillments: dueAt(24 * 60) }));
    fake.put(squarePayload({ id: 'open', updated_at: at(-60) }));
    fake.put(squarePayload({ id: 'done', updated_at: at(-50), fulfillments: [pickup({ state: 'COMPLETED' })] }));
    fake.put(tillPayload({ id: 'ticket', updated_at: at(-40), state: 'OPEN' }));
    fake.put(tillPayload({ id: 'sale', updated_at: at(-30) }));
    fake.put(squarePayload({ id: 'draft', updated_at: at(0), state: 'DRAFT' }));
    expect((await pull(null)).ids).toEqual(new Set(['open', 'booked', 'ticket']));
  });

  it('brings the first order of all of a location that was empty, whatever its clock', async () => {
    const { fake, pull } = await connect();
    const { ids, cursor } = await pull(null);
    expect(ids.size).toBe(0);
    fake.put(squarePayload({ id: 'first', updated_at: '2025-01-01T00:00:00Z' }));
    const after = await pull(cursor);
    expect(after).toEqual({ ids: new Set(['first']), cursor: String(Date.parse('2025-01-01')) });
  });

  it('brings all of 250 open orders at first, and all of 250 that were saved in one second', async () => {
    const { fake, pull } = await connect();
    for (const id of many(250)) fake.put(squarePayload({ id, updated_at: at(0) }));
    expect((await pull(null)).ids.size).toBe(250);
    expect((await pull(String(Date.parse(at(-10))))).ids.size).toBe(250);
  });

  it.each([
    ['of hours', 1, at(-10)],
    ['of the last two minutes', 0.4 / 60, at((250 * 0.4) / 60)],
  ])('misses none %s when orders change while the pages are read', async (_, minutes, cursor) => {
    const { fake, pull } = await connect();
    for (const [i, id] of many(250).entries()) fake.put(squarePayload({ id, updated_at: at(i * minutes) }));
    fake.afterAnswer(() => {
      fake.afterAnswer(null);
      for (const id of many(50)) fake.change(id, { updated_at: at(300) });
    });
    expect((await pull(String(Date.parse(cursor)))).ids.size).toBe(250);
  });

  it('goes on with the others when an order is broken', async () => {
    const { fake, pull } = await connect();
    fake.put({ ...squarePayload({ updated_at: at(0) }), id: '../1' });
    fake.put(squarePayload({ id: 'O2', updated_at: at(1) }));
    expect((await pull(String(Date.parse(at(-10))))).ids).toEqual(new Set(['O2']));
  });

  it('looks at one order; there may be none', async () => {
    const { fake, calls } = await connect();
    fake.place('O7');
    expect(await calls.look?.('O7')).toMatchObject({ id: 'O7', state: { kind: 'order' } });
    expect(await calls.look?.('O8')).toBeNull();
  });
});

describe('an order that Square does not show alone', () => {
  it('is found among the newest changes, and is given its status', async () => {
    const { fake, calls } = await connect();
    for (const id of ['O7', 'O8']) fake.place(id);
    fake.hide('O7');
    expect(await calls.look?.('O7')).toMatchObject({ id: 'O7', state: { kind: 'order' } });
    await calls.push?.({ status: 'ready' } as Order, 'O7');
    expect(fake.statesOf('O7')).toEqual(['PREPARED']);
  });
});

describe('an event of Square', () => {
  it('names the order', async () => {
    const { fake, calls } = await connect();
    const hear = (...about: Parameters<typeof fake.event>) => calls.hear?.(fake.event(...about));
    expect(hear('O1', EVENTS)).toEqual({ kind: 'look', ids: ['O1'] });
    expect(hear('O1', EVENTS, { type: 'order.fulfillment.updated' })).toEqual({ kind: 'look', ids: ['O1'] });
    // Orders of the till have no other events.
    expect(hear('O1', EVENTS, { type: 'payment.updated' })).toEqual({ kind: 'look', ids: ['O1'] });
    expect(hear('../x', EVENTS)).toEqual({ kind: 'look', ids: [] });
  });

  it('about something else, or about another location, says nothing', async () => {
    const { fake, calls } = await connect();
    for (const other of [{ about: { location_id: 'L2' } }, { type: 'customer.created', about: { order_id: 7 } }])
      expect(calls.hear?.(fake.event('O1', EVENTS, other))).toMatchObject({ kind: 'nothing' });
  });

  it('is forged with a wrong signature, without one, for another address, and after a change', async () => {
    const { fake, calls } = await connect();
    const { body, headers } = fake.event('O1', EVENTS);
    for (const wrong of [
      { body, headers: {} },
      { body, headers: { 'x-square-hmacsha256-signature': 'AAAA' } },
      { body: Buffer.from(body.toString().replaceAll('O1', 'O2')), headers },
      fake.event('O1', `${EVENTS}/`),
      fake.event('O1', EVENTS, { key: 'other' }),
    ])
      expect(calls.hear?.(wrong)).toMatchObject({ kind: 'forged' });
  });

  it('is forged as long as the source has no signature key', async () => {
    const { fake, calls } = await connect(null);
    expect(calls.hear?.(fake.event('O1', EVENTS, { key: '' }))).toMatchObject({ kind: 'forged' });
  });
});

describe('a status for Square', () => {
  const order = (status: string) => ({ status }) as Order;

  it.each([
    ['preparing', 'RESERVED'],
    ['ready', 'PREPARED'],
    ['delivering', 'PREPARED'],
    ['rejected', 'CANCELED'],
    ['cancelled', 'CANCELED'],
  ])('%s is %s there, with the version', async (ours, theirs) => {
    const { fake, calls } = await connect();
    fake.place('O7', { version: 5 });
    const said = await calls.push?.(order(ours), 'O7');
    expect(said).toMatchObject({ said: theirs, theirs: { mark: 6, state: { theirStatus: theirs } } });
    expect(fake.updatesOf('O7')).toEqual([
      { location_id: 'L1', version: 5, fulfillments: [{ uid: 'F1', state: theirs }] },
    ]);
    expect(fake.statesOf('O7')).toEqual([theirs]);
  });

  it('completed closes the whole order if it is paid', async () => {
    const { fake, calls } = await connect();
    fake.place('O7');
    fake.place('O8', { net_amount_due_money: { amount: 5, currency: 'USD' } });
    for (const id of ['O7', 'O8']) await calls.push?.(order('completed'), id);
    expect([fake.get('O7')?.state, fake.get('O8')?.state]).toEqual(['COMPLETED', 'OPEN']);
    expect([fake.statesOf('O7'), fake.statesOf('O8')]).toEqual([['COMPLETED'], ['COMPLETED']]);
  });

  it('is said to each fulfillment that is not so far yet, and to none that is over', async () => {
    const { fake, calls } = await connect();
    const states = ['PROPOSED', 'PREPARED', 'COMPLETED', 'CANCELED', 'RESERVED'];
    fake.place('O7', { fulfillments: states.map((state, i) => pickup({ uid: `F${i}`, state })) });
    await calls.push?.(order('ready'), 'O7');
    expect(fake.statesOf('O7')).toEqual(['PREPARED', 'PREPARED', 'COMPLETED', 'CANCELED', 'PREPARED']);
  });

  it('is not said when Square is that far, keeps no steps, or needs no word', async () => {
    const { fake, calls } = await connect();
    fake.place('O7', { fulfillments: [pickup({ state: 'PREPARED' })] });
    fake.place('O8', { fulfillments: undefined });
    for (const [status, id] of [
      ['preparing', 'O7'],
      ['ready', 'O7'],
      ['pending', 'O7'],
      ['completed', 'O8'],
    ] as const)
      expect(await calls.push?.(order(status), id)).toHaveProperty('nothing');
    expect(fake.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('is a conflict when the order changes meanwhile', async () => {
    const { fake, calls } = await connect();
    fake.place('O7');
    fake.beforeUpdate(() => fake.change('O7', {}));
    await expect(calls.push?.(order('ready'), 'O7')).rejects.toBeInstanceOf(Conflict);
    fake.beforeUpdate(null);
    expect(await calls.push?.(order('ready'), 'O7')).toMatchObject({ said: 'PREPARED' });
  });

  it('is refused in words when the order is over there', async () => {
    const { fake, calls } = await connect();
    fake.place('O7', { fulfillments: [pickup({ state: 'COMPLETED' })] });
    fake.place('O8', { state: 'COMPLETED' });
    await expect(calls.push?.(order('cancelled'), 'O7')).rejects.toThrow('Square has it as COMPLETED');
    await expect(calls.push?.(order('ready'), 'O8')).rejects.toThrow('Order is already in state COMPLETED.');
    await expect(calls.push?.(order('ready'), 'O9')).rejects.toBeInstanceOf(Refused);
  });
});
