import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Presence } from '#contract/sync.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startServer, type TestServer, type TestStore } from '#test/support/server.ts';
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

const place = async () =>
  (await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() })).json;
const sync = async (query = '', token = store.display.token) =>
  (await server.api('GET', `/sync${query}`, { token })).json;
const cursorOf = async (deviceId = store.display.deviceId) =>
  (await server.api('GET', `/stores/${store.id}/devices`)).json.devices.find(
    (device: { deviceId: string }) => device.deviceId === deviceId,
  ).cursor;
const present = () => server.service.receipts.presence(store.id).displays;

async function live(token = store.display.token): Promise<StoreClient & { presence: Presence[] }> {
  const client = await connectStore(server.url, { token });
  clients.push(client);
  const presence: Presence[] = [];
  client.socket.on('presence', (update) => presence.push(update));
  client.confirmAll();
  const { epoch } = await sync('', token);
  await client.hello({ epoch, cursor: 0, hash: null });
  return Object.assign(client, { presence });
}

describe('delivery receipts', () => {
  it('records from each got what a display has stored, and sends it to the others', async () => {
    const [kitchen, counter] = [await live(), await live(store.display2.token)];
    const { seq } = await place();
    await until('the receipt', async () => (await cursorOf()) === seq, 5_000);
    const name = ({ displays }: Presence) => displays.map((one) => [one.name, one.cursor]);
    await until(
      'both cursors',
      () => counter.presence.some((update) => `${name(update)}` === 'Kitchen,1,Counter,1'),
      9_000,
    );
    // Arrivals and departures are sent at once, cursors less often.
    expect(counter.presence.length).toBeLessThan(5);
    kitchen.close();
    await until('one is gone', () => counter.presence.at(-1)?.displays.length === 1, 3_000);
  });

  it('ignores a got beyond what was sent', async () => {
    const { seq } = await place();
    const client = await live();
    await until('the receipt', async () => (await cursorOf()) === seq, 5_000);
    client.socket.emit('got', { cursor: 1_000_000 });
    await client.ask('commands', { commands: [] });
    expect(await cursorOf()).toBe(seq);
    expect(present()).toMatchObject([{ deviceId: store.display.deviceId, cursor: seq }]);
  });

  it('[S2] counts nothing for a display that starts over, until its next hello', async () => {
    const { seq } = await place();
    const client = await live();
    await until('the receipt', async () => (await cursorOf()) === seq, 5_000);
    await client.hello({ epoch: 'another', cursor: 1, hash: 'x' });
    expect([await cursorOf(), present()[0]?.cursor]).toEqual([null, 0]);
    client.socket.emit('got', { cursor: seq });
    const { epoch, seq: at, hash } = (await server.api('GET', '/snapshot', { token: store.display.token })).json;
    expect(await cursorOf()).toBe(null);
    await client.hello({ epoch, cursor: at, hash });
    expect(await cursorOf()).toBe(seq);
  });

  it('[L2] counts a polling display as live, with the cursor that it sends', async () => {
    await place();
    const first = await sync();
    expect(first.mode).toBe('snapshot');
    expect(present()).toMatchObject([{ deviceId: store.display.deviceId, cursor: 0 }]);
    const { epoch, to, hash } = await sync(`?epoch=${first.epoch}&cursor=0`);
    await sync(`?epoch=${epoch}&cursor=${to}&hash=${hash}`);
    expect(present()).toMatchObject([{ name: 'Kitchen', cursor: 1 }]);
    expect((await server.api('GET', `/sync?storeId=${store.id}`)).status).toBe(200);
    expect(present()).toHaveLength(1);
  });
});

it('ignores the cursor of a late poll while a socket is connected', async () => {
  const { seq } = await place();
  await live();
  await until('the receipt', async () => (await cursorOf()) === seq, 5_000);
  const { epoch } = await sync();
  await sync(`?epoch=${epoch}&cursor=0`);
  expect(await cursorOf()).toBe(seq);
});

describe('figures', () => {
  const figure = async (name: string) =>
    Number(new RegExp(`^ticketrail_${name} (\\S+)$`, 'm').exec((await server.api('GET', '/metrics')).text)?.[1]);

  it('measure the time from commit to a display’s disk, and the transactions', async () => {
    const before = await figure('delivery_seconds_count');
    const commits = await figure('commits_total{outcome="durable"}');
    const client = await live();
    expect(await figure('sockets{role="display"}')).toBe(1);
    for (let i = 0; i < 3; i++) {
      await place();
      await until('it is there', () => client.batches.at(-1)?.to === i + 1, 5_000);
    }
    await until('three receipts', async () => (await figure('delivery_seconds_count')) === before + 3, 5_000);
    expect(await figure('delivery_seconds_sum')).toBeLessThan(60);
    expect(await figure('commits_total{outcome="durable"}')).toBeGreaterThanOrEqual(commits + 3);
    expect(await figure('commit_writes_count')).toBeGreaterThanOrEqual(commits + 3);
    expect(await figure('write_queue')).toBe(0);
  });

  it('[S6] counts a divergence only when a display says that its digest differs', async () => {
    const snapshot = (token: string | undefined, headers: Record<string, string> = {}) =>
      server.api('GET', `/snapshot?storeId=${store.id}`, { ...(token && { token }), headers });
    await place();
    await live();
    await snapshot(store.display.token);
    await snapshot(store.display.token, { 'snapshot-reason': 'epoch' });
    await snapshot(undefined, { 'snapshot-reason': 'digest' });
    expect(await figure('divergences_total')).toBe(0);
    await snapshot(store.display.token, { 'snapshot-reason': 'digest' });
    expect(await figure('divergences_total')).toBe(1);
  });
});
