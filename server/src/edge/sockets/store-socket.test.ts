import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Availability } from '#contract/availability.ts';
import { OrderDraft } from '#contract/order.ts';
import { BATCH_CHANGES, Beat, type Changes, HelloAnswer, MAX_BATCHES_AHEAD } from '#contract/sync.ts';
import { useFastHeartbeat } from '#test/support/fast-heartbeat.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
import { sleep } from '#test/support/sleep.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';

let server: TestServer;
let store: TestStore;
const clients: StoreClient[] = [];
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  store = await server.makeStore();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.close());

async function connect(token = store.display.token): Promise<StoreClient> {
  const client = await connectStore(server.url, { token });
  clients.push(client);
  return client;
}
const place = async (over: Parameters<typeof orderDraft>[0] = {}) =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft(over) })).json;
const placeMany = (count: number, over: Parameters<typeof orderDraft>[0] = {}) =>
  Promise.all(Array.from({ length: count }, () => place(over)));
/** The position of a display that has nothing of this store's log but knows its epoch. */
async function beginning() {
  const { json } = await server.api('GET', '/sync', { token: store.display.token });
  return { epoch: json.epoch as string, cursor: 0, hash: null };
}
const standing = ({ epoch, to, hash }: Changes) => ({ epoch, cursor: to, hash });
const wait = (what: string, look: () => boolean) => until(what, look, 10_000, 5);
const seqs = (client: StoreClient) => client.batches.flatMap((batch) => batch.changes.map((change) => change.seq));
const expectNoHoles = (client: StoreClient, head: number) => {
  expect(seqs(client)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  for (const [i, { from }] of client.batches.entries()) expect(from).toBe(client.batches[i - 1]?.to ?? 0);
};

describe('[S2] hello', () => {
  it('answers snapshot, reason epoch, to a new display', async () => {
    const answer = await (await connect()).hello();
    expect(HelloAnswer.strict().parse(answer)).toMatchObject({
      protocol: 1,
      mode: 'snapshot',
      reason: 'epoch',
      head: 0,
      known: true,
    });
  });

  it('sends the answer, then a beat, then the changes', async () => {
    await placeMany(3);
    const client = await connect();
    const order: string[] = [];
    client.socket.onAny((name) => order.push(name));
    const start = await beginning();
    // With a callback, since a promise would settle one turn later than events in the same packet.
    const answer = await new Promise<HelloAnswer>((resolve) =>
      client.socket.emit('hello', start, (said: HelloAnswer) => {
        order.push('answer');
        resolve(said);
      }),
    );
    await wait('changes', () => client.batches.length > 0);
    expect(answer).toMatchObject({ mode: 'delta', head: 3 });
    expect(order.filter((name) => ['answer', 'beat', 'changes'].includes(name))).toEqual(['answer', 'beat', 'changes']);
    expect(Beat.parse(client.beats[0])).toMatchObject({ epoch: answer.epoch, head: 3 });
  });

  it('gives the reason of a snapshot', async () => {
    await place();
    const { epoch } = await beginning();
    const client = await connect();
    expect((await client.hello({ epoch: 'another', cursor: 1, hash: 'x' })).reason).toBe('epoch');
    expect((await client.hello({ epoch, cursor: 9, hash: 'x' })).reason).toBe('future');
    expect((await client.hello({ epoch, cursor: 1, hash: '0000000000000000' })).reason).toBe('hash');
    expect((await client.hello({ epoch, cursor: 0, hash: null })).mode).toBe('delta');
  });

  it('sends beats but no changes after the answer snapshot', async () => {
    const client = await connect();
    await client.hello();
    await placeMany(2);
    await wait('the next beat', () => client.beats.length > 1);
    expect([client.batches.length, client.beats.at(-1)?.head]).toEqual([0, 2]);
    await client.hello(await beginning());
    await wait('changes', () => client.batches.length > 0);
  });

  it('continues from the position of a repeated hello', async () => {
    await placeMany(5);
    const start = await beginning();
    const client = await connect();
    await client.hello(start);
    await wait('all', () => client.batches.at(-1)?.to === 5);
    client.batches.length = 0;
    await client.hello(start);
    await wait('all again', () => client.batches.at(-1)?.to === 5);
    expectNoHoles(client, 5);
  });
});

describe('[section 6] changes', () => {
  it('reach every display without gaps while others connect and disconnect', async () => {
    const start = await beginning();
    const first = await connect();
    first.confirmAll();
    await first.hello(start);
    const placing = placeMany(40);
    const second = await connect(store.display2.token);
    second.confirmAll();
    await second.hello(start);
    await placing;
    await wait('both are there', () => [first, second].every((client) => client.batches.at(-1)?.to === 40));
    expectNoHoles(first, 40);
    expectNoHoles(second, 40);
  });

  it('[S3] continue from the display’s cursor and hash', async () => {
    await placeMany(4);
    const client = await connect();
    await client.hello(await beginning());
    await wait('four', () => client.batches.at(-1)?.to === 4);
    const here = standing(client.batches.at(-1) as Changes);
    client.close();
    await placeMany(3);
    const again = await connect();
    expect((await again.hello(here)).mode).toBe('delta');
    await wait('seven', () => again.batches.at(-1)?.to === 7);
    expect(seqs(again)).toEqual([5, 6, 7]);
  });

  it('come in batches of at most 200, at most four ahead of the last got', async () => {
    const head = BATCH_CHANGES * (MAX_BATCHES_AHEAD + 2);
    const admin = { role: 'admin', id: 'admin', name: 'admin', storeId: null } as const;
    const draft = () => OrderDraft.parse({ items: [{ name: 'Tea', quantity: 1 }], currency: 'GEL', totalMinor: 300 });
    await Promise.all(Array.from({ length: head }, () => server.service.orders.create(admin, store.id, draft())));
    const client = await connect();
    await client.hello(await beginning());
    await wait('four batches', () => client.batches.length === MAX_BATCHES_AHEAD);
    await sleep(300);
    expect(client.batches).toHaveLength(MAX_BATCHES_AHEAD);
    expect(client.batches.every((batch) => batch.changes.length <= BATCH_CHANGES)).toBe(true);
    client.socket.emit('got', { cursor: client.batches[1]?.to });
    await wait('two more', () => client.batches.length === MAX_BATCHES_AHEAD + 2);
    client.confirmAll();
    client.socket.emit('got', { cursor: client.batches.at(-1)?.to });
    await wait('all', () => client.batches.at(-1)?.to === head);
    expectNoHoles(client, head);
  });

  it('stay under 256 KiB a message, however big the orders are', async () => {
    const items = Array.from({ length: 100 }, (_, i) => ({ name: `${i} ${'ქ'.repeat(190)}`, quantity: 1 }));
    await placeMany(12, { items });
    const client = await connect();
    client.confirmAll();
    const sizes: number[] = [];
    client.socket.io.engine.on('packet', ({ data }) => sizes.push(Buffer.byteLength(String(data ?? ''))));
    await client.hello(await beginning());
    await wait('all', () => client.batches.at(-1)?.to === 12);
    expectNoHoles(client, 12);
    expect(Math.max(...sizes)).toBeLessThan(200 * 1024);
    expect(Math.max(...sizes)).toBeGreaterThan(50 * 1024);
  });

  it('never go to another store', async () => {
    const other = await server.makeStore();
    const stranger = await connect(other.display.token);
    const { json } = await server.api('GET', '/sync', { token: other.display.token });
    await stranger.hello({ epoch: json.epoch, cursor: 0, hash: null });
    const client = await connect();
    await client.hello(await beginning());
    await placeMany(3);
    await wait('ours', () => client.batches.at(-1)?.to === 3);
    await sleep(100);
    expect(stranger.batches).toEqual([]);
  });
});

describe('[section 6] displays at the same position', () => {
  it('share one encoding of a batch', async () => {
    const { encoder } = server.server.sockets.io.of('/store').adapter as unknown as {
      encoder: { encode: (packet: { data?: unknown[] }) => unknown };
    };
    const encode = encoder.encode.bind(encoder);
    let encoded = 0;
    encoder.encode = (packet) => {
      if (packet.data?.[0] === 'changes') encoded += 1;
      return encode(packet);
    };
    const start = await beginning();
    const displays: StoreClient[] = [];
    for (let i = 0; i < 10; i++) {
      const client = await connect(i % 2 ? store.display.token : store.display2.token);
      client.confirmAll();
      await client.hello(start);
      displays.push(client);
    }
    for (let i = 1; i <= 20; i++) {
      await place();
      await wait('everywhere', () => displays.every((client) => client.batches.at(-1)?.to === i));
    }
    encoder.encode = encode;
    expect(encoded).toBe(20);
    for (const client of displays) expect(client.batches).toEqual(displays[0]?.batches);
  });

  it('[section 6] reads nothing for a display that never confirms, and delays no others', async () => {
    const start = await beginning();
    const slow = await connect();
    await slow.hello(start);
    const quick = await connect(store.display2.token);
    quick.confirmAll();
    await quick.hello(start);
    for (let i = 1; i <= 30; i++) {
      await place();
      await wait('the quick one has it', () => quick.batches.at(-1)?.to === i);
    }
    expect(slow.batches).toHaveLength(MAX_BATCHES_AHEAD);
    const sessions = [...server.server.sockets.displays.of(store.id)].map(({ target }) => target);
    const kept = sessions.map(
      ({ socket }) => (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length,
    );
    expect(kept).toEqual([0, 0]);
    slow.confirmAll();
    slow.socket.emit('got', { cursor: slow.batches.at(-1)?.to });
    await wait('the slow one catches up', () => slow.batches.at(-1)?.to === 30);
    expectNoHoles(slow, 30);
  });
});

it('[section 6] disconnects a display that no longer reads, and buffers little for it', async () => {
  onTestFinished(useFastHeartbeat(server, 3_000));
  const frozen = await connect();
  await frozen.hello(await beginning());
  const { transport } = frozen.socket.io.engine as unknown as { transport: { ws: { _socket: Socket } } };
  transport.ws._socket.pause();
  await placeMany(60, { note: 'x'.repeat(2000) });
  const followers = () => [...server.server.sockets.displays.of(store.id)];
  const [follower] = followers();
  if (!follower) throw new Error('it does not follow');
  expect(follower.unconfirmed.length).toBeLessThanOrEqual(MAX_BATCHES_AHEAD);
  const { writeBuffer } = follower.target.socket.conn as unknown as { writeBuffer: unknown[] };
  // Two heartbeats of 5 s, and room for a busy machine.
  await until('it is gone', () => followers().length === 0, 18_000);
  expect(writeBuffer.length).toBeLessThan(10);
});

describe('[section 16] availability', () => {
  const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
  const patch = async (body: object) =>
    (await server.api('PATCH', `/stores/${store.id}/availability`, { token: store.display2.token, body })).json;
  async function listen(token?: string) {
    const client = await connect(token);
    const states: Availability[] = [];
    client.socket.on('availability', (state: Availability) => states.push(state));
    return { client, states };
  }

  it('comes right after hello is answered, before the changes, also after an answer snapshot', async () => {
    await place();
    const state = await patch({ busyUntil: ahead(60_000) });
    const { client, states } = await listen();
    await client.hello();
    await wait('the first', () => states.length === 1);
    await client.hello(await beginning());
    await wait('the changes', () => client.batches.length > 0);
    expect(states).toEqual([state, state]);
    expect(client.heard[0]).toBe('beat');
    const heard = client.heard.filter((name) => name === 'availability' || name === 'changes');
    expect(heard).toEqual(['availability', 'availability', 'changes']);
  });

  it('comes at each change and when a time ends, on every display of the store and on no other', async () => {
    const other = await server.makeStore();
    const [mine, theirs] = [await listen(), await listen(other.display.token)];
    await mine.client.hello();
    await theirs.client.hello();
    const end = Date.now() + 300;
    const paused = await patch({ pausedUntil: new Date(end).toISOString() });
    await wait('the pause', () => mine.states.length === 2);
    await wait('its end', () => mine.states.length === 3);
    expect(Date.now()).toBeGreaterThanOrEqual(end);
    const now = { ...paused, pausedUntil: null };
    expect(mine.states).toEqual([now, paused, now]);
    await server.api('PATCH', `/stores/${store.id}`, { body: { settings: { preparationMinutes: 25 } } });
    await wait('the preparation time', () => mine.states.at(-1)?.preparationMinutes === 25);
    expect(mine.states).toHaveLength(4);
    expect(theirs.states).toHaveLength(1);
  });

  it('[section 13] sends an order that the server accepts itself as two changes in one batch', async () => {
    await server.api('PATCH', `/stores/${store.id}`, { body: { settings: { autoAccept: '*' } } });
    const client = await connect();
    await client.hello(await beginning());
    const order = await place();
    await wait('the changes', () => client.batches.length > 0);
    expect(client.batches).toHaveLength(1);
    const [created, accepted] = client.batches[0]?.changes ?? [];
    expect(created).toMatchObject({ seq: 1, type: 'order_created', orderId: order.id });
    expect(created).not.toHaveProperty('order');
    expect(accepted).toMatchObject({
      seq: 2,
      by: { role: 'system', id: 'auto-accept' },
      order: { status: 'preparing' },
    });
  });
});

describe('[section 6] commands', () => {
  const command = (orderId: string, over: object = {}) => ({
    commandId: randomUUID(),
    orderId,
    type: 'set_status',
    payload: { from: 'pending', to: 'preparing' },
    baseVersion: 1,
    issuedAt: new Date().toISOString(),
    ...over,
  });

  it('[C2] are answered; the change carries its cause', async () => {
    const { id } = await place();
    const client = await connect();
    await client.hello(await beginning());
    const intent = command(id);
    const { commandId } = intent;
    const answer = await client.ask('commands', { commands: [intent] });
    expect(answer).toMatchObject({ epoch: expect.any(String), results: [{ commandId, outcome: 'applied', seq: 2 }] });
    await wait('the change', () => client.batches.at(-1)?.to === 2);
    const change = client.batches.at(-1)?.changes.at(-1);
    expect(change).toMatchObject({ cause: { deviceId: store.display.deviceId, commandId }, previousStatus: 'pending' });
  });

  it('[C3] of one socket are handled strictly in order', async () => {
    const { id } = await place();
    const client = await connect();
    const moves = [
      { from: 'pending', to: 'preparing' },
      { from: 'preparing', to: 'ready' },
      { from: 'ready', to: 'completed' },
    ];
    const answers = await Promise.all(
      moves.map((payload) => client.ask('commands', { commands: [command(id, { payload })] })),
    );
    for (const answer of answers) expect(answer).toMatchObject({ results: [{ outcome: 'applied' }] });
  });

  it('[C3] are reported as known by hello and known if they are in the ledger', async () => {
    const { id } = await place();
    const client = await connect();
    const [done, never] = [command(id), command(id)];
    await client.ask('commands', { commands: [done] });
    const hello = async (answered?: string | null) =>
      (await client.ask('hello', { ...(await beginning()), answered })) as HelloAnswer;
    expect((await hello(done.commandId)).known).toBe(true);
    expect((await hello(never.commandId)).known).toBe(false);
    expect((await hello(null)).known).toBe(true);
    const ids = [never.commandId, done.commandId];
    expect(await client.ask('known', { ids })).toEqual({ known: [done.commandId] });
  });

  it('[L2] need no hello', async () => {
    const { id } = await place();
    expect(await (await connect()).ask('commands', { commands: [command(id)] })).toMatchObject({
      results: [{ outcome: 'applied' }],
    });
  });

  it('answer not_found for another store’s order, without the order', async () => {
    const { id } = await place();
    const other = await server.makeStore();
    const client = await connect(other.display.token);
    const { results } = (await client.ask('commands', { commands: [command(id)] })) as { results: object[] };
    expect(results[0]).toMatchObject({ outcome: 'rejected', code: 'not_found' });
    expect(results[0]).not.toHaveProperty('order');
  });
});

describe('[section 6] an invalid message', () => {
  it('gets an error as its ack, and consumes nothing', async () => {
    const client = await connect();
    for (const [name, payload] of [
      ['hello', {}],
      ['hello', null],
      ['hello', { epoch: 1, cursor: 0, hash: null }],
      ['hello', { epoch: null, cursor: -1, hash: null }],
      ['hello', { epoch: null, cursor: 0, hash: null, answered: 'x' }],
      ['got', {}],
      ['got', { cursor: 'x' }],
      ['got', { cursor: 1 }],
      ['commands', {}],
      ['commands', []],
      ['commands', { commands: [] }],
      ['commands', { commands: Array(51).fill({}) }],
      ['commands', { commands: [{ after: null }] }],
      ['known', {}],
      ['known', { ids: [] }],
      ['known', { ids: ['x'] }],
      ['commands', { commands: [{}], extra: 1 }],
      ['nobody', {}],
      ['__proto__', {}],
      ['constructor', {}],
      ['changes', {}],
      ['error', {}],
    ] as const) {
      const answer = await client.ask(name, payload);
      expect(answer, `${name} ${JSON.stringify(payload).slice(0, 40)}`).toEqual({
        error: expect.objectContaining({ code: 'invalid_request', message: expect.any(String) }),
      });
    }
    expect(client.socket.connected).toBe(true);
    expect(await client.hello()).toMatchObject({ mode: 'snapshot' });
  });

  it('without an ack is ignored', async () => {
    const client = await connect();
    for (const args of [
      [],
      [null],
      ['not a function'],
      [{}, 'ack'],
      [{ a: Buffer.from('x') }],
      [Buffer.alloc(10)],
      [{}, {}, {}],
    ])
      for (const name of ['hello', 'got', 'commands', 'nobody']) client.socket.emit(name, ...args);
    expect(await client.hello()).toHaveProperty('mode');
  });

  it('gets rate_limited when too many wait', async () => {
    const client = await connect();
    const answers = (await Promise.all(Array.from({ length: 60 }, () => client.hello()))) as object[];
    expect(answers.some((answer) => 'mode' in answer)).toBe(true);
    for (const answer of answers)
      if (!('mode' in answer)) expect(answer).toMatchObject({ error: { code: 'rate_limited' } });
  });

  it('ends the connection when it is over 256 KiB', async () => {
    const client = await connect();
    const ended = new Promise((resolve) => client.socket.once('disconnect', resolve));
    client.socket.emit('hello', { epoch: 'x'.repeat(300_000) });
    expect(await ended).toBe('transport close');
    expect(await (await connect()).hello()).toHaveProperty('mode');
  });
});

describe('[section 6] presence and stats', () => {
  it('reach every display', async () => {
    const received: { displays: { deviceId: string; cursor: number }[] }[] = [];
    const first = await connect();
    first.socket.on('presence', (presence) => received.push(presence));
    await first.hello();
    await wait('itself', () => received.at(-1)?.displays.length === 1);
    await placeMany(2);
    const second = await connect(store.display2.token);
    await second.hello({ ...(await beginning()) });
    await wait('the other', () => received.at(-1)?.displays.length === 2);
    expect(
      received
        .at(-1)
        ?.displays.map((d) => d.deviceId)
        .sort(),
    ).toEqual([store.display.deviceId, store.display2.deviceId].sort());
    second.close();
    await wait('it left', () => received.at(-1)?.displays.length === 1);
  });

  it('come with the first hello and on changes, at most once a second', async () => {
    const client = await connect();
    const received: { orders: number }[] = [];
    client.socket.on('stats', (stats) => received.push(stats));
    await client.hello();
    await wait('the first', () => received.length === 1);
    for (let i = 0; i < 10; i++) await place();
    await wait('the last', () => received.at(-1)?.orders === 10);
    expect(received.length).toBeLessThanOrEqual(3);
    const { length } = received;
    await sleep(1_500);
    expect(received).toHaveLength(length);
  });
});
