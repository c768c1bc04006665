import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createReplica } from '#server/testing/replica.ts';
import { ADMIN, makeShop } from '#server/testing/shop.ts';
import { sqliteService } from '#server/testing/temp-service.ts';
import { startReceiver } from '#server/testing/webhook-receiver.ts';
import { startRealDisplay } from '#test/support/real-display.ts';
import { runScript } from '#test/support/run-script.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { until } from '#test/support/until.ts';
import { importFile } from './import-file.ts';

const ITEMS = [{ name: 'Khachapuri', quantity: 2, price: '14.75' }];
const OLD = { created_at: '2025-03-01T15:30:00Z', total: '29.50', items: ITEMS };
const order = (id: number | string, status: string, over: object = {}) => ({ id, status, ...OLD, ...over });

const ends: (() => Promise<void> | void)[] = [];
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-import-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function write(name: string, content: object | string): string {
  const file = join(dir, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
/** In this process, which takes less time than starting one. */
async function importInto(database: string, file: string, { storeId = 'main', isDryRun = false } = {}) {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const code = await importFile({ storeId, file, database: `file:${database}`, isDryRun, now: Date.now(), say });
  return { code, out: lines.join('\n') };
}
const runImport = (database: string, args: string[], killWhen?: (out: string) => boolean) =>
  runScript('scripts/import.ts', args, { DATABASE_URL: `file:${database}` }, killWhen);

describe('an import without a running server', () => {
  async function closedShop() {
    const temp = await sqliteService();
    ends.push(() => temp.dispose());
    await makeShop(temp.service);
    await temp.service.close();
    return temp;
  }

  it('takes orders and bookings with their old statuses, and refuses rows by name', async () => {
    const temp = await closedShop();
    const file = write('old.json', {
      orders: [order(1, 'new'), order(2, 'delivered'), order(3, 'lost'), order(4, 'canceled', { total: '1.999' })],
      bookings: [{ id: 1, status: 'confirmed', date: '2026-12-24 20:00', covers: 6, customer: 'Nino' }],
    });
    const { code, out } = await importInto(temp.file, file);
    expect(out).toContain('to import: 3 (1 pending, 1 preparing, 1 completed; 1 of them bookings)');
    expect(out).toContain('refused order 3: status: "lost" is none of');
    expect(out).toContain('refused order 4: total: "1.999" has more decimals');
    expect(out).toContain('imported 3, here already 0, refused 2');
    expect(code).toBe(0);
    const service = await temp.restart();
    const { orders } = await service.orders.list({ storeId: 'main', limit: 9 });
    const facts = orders.map(({ externalId, status, fulfilment }) => `${externalId} ${status} ${fulfilment}`).sort();
    expect(facts).toEqual([
      'import:1 pending pickup',
      'import:2 completed pickup',
      'import:booking-1 preparing booking',
    ]);
    const done = orders.find(({ externalId }) => externalId === 'import:2') as Order;
    expect(done).toMatchObject({ number: '2', totalMinor: 2950, placedAt: '2025-03-01T15:30:00.000Z' });
    expect(await service.orders.history(ADMIN, done.id)).toMatchObject([
      { type: 'order_created', by: { role: 'system', id: 'import' } },
    ]);
  });

  it('reads the database of an older system', async () => {
    const temp = await closedShop();
    const file = join(dir, 'old.db');
    new Sqlite(file)
      .exec(`create table orders (id integer primary key, status text, created_at text, customer text, phone text, total real,
        items text, note text, type text, password text);
      create table bookings (id integer primary key, status text, customer text, phone text, date text, covers integer);
      insert into orders values (7, 'shipped', '2025-03-01 19:30:00', 'Nino', '+995', 29.9, '[{"name": "Soup", "qty": 2}]', null, 'delivery', 'x');
      insert into bookings values (7, 'confirmed', 'Giorgi', '+995', '2026-12-24 20:00', 6)`)
      .close();
    const { code, out } = await importInto(temp.file, file);
    expect(out).toContain('not imported are the columns password');
    expect(code).toBe(0);
    const { orders } = await (await temp.restart()).orders.list({ storeId: 'main', limit: 9 });
    expect(orders.toSorted((a, b) => a.fulfilment.localeCompare(b.fulfilment))).toMatchObject([
      { externalId: 'import:booking-7', status: 'preparing', covers: 6, dueAt: '2026-12-24T16:00:00.000Z' },
      { externalId: 'import:7', status: 'delivering', totalMinor: 2990, items: [{ name: 'Soup', quantity: 2 }] },
    ]);
  });

  it('keeps a copy of the database as it was', async () => {
    const temp = await closedShop();
    await importInto(temp.file, write('old.json', { orders: [order(1, 'new')] }));
    const folder = join(temp.file, '..');
    const copies = readdirSync(folder).filter((name) => name.includes('.before-import.'));
    expect(copies).toHaveLength(1);
    const copy = new Sqlite(join(folder, copies[0] ?? ''), { readonly: true });
    expect(copy.prepare('select count(*) from orders').pluck().get()).toBe(0);
    copy.close();
  });

  it('changes nothing in a dry run, and nothing in a second run', async () => {
    const temp = await closedShop();
    const file = write('old.csv', `id,status,created_at,total,items\n1,new,2025-03-01,29.50,"[{""name"":""Soup""}]"\n`);
    const dry = await importInto(temp.file, file, { isDryRun: true });
    expect(dry.out).toContain('to import: 1 (1 pending');
    expect((await (await temp.restart()).log.head('main')).head).toBe(0);
    await temp.service.close();
    await importInto(temp.file, file);
    const again = await importInto(temp.file, file);
    expect(again.out).toContain('here already: 1');
    expect(again.out).toContain('nothing is left to import');
    expect((await (await temp.restart()).log.head('main')).head).toBe(1);
  });

  it('does not take an order for a booking of the same id that came in another file', async () => {
    const temp = await closedShop();
    await importInto(temp.file, write('a.json', { orders: [order(1, 'new')] }));
    const bookings = [{ id: 1, status: 'confirmed', date: '2026-12-24 20:00' }];
    const { out } = await importInto(temp.file, write('b.json', { bookings }));
    expect(out).toContain('refused booking 1: id: another order with it was imported before');
  });

  it.each([
    ['--store', 'nope', 'there is no store nope; there are: main'],
    ['--store', 'main', 'cannot be read', 'missing.json'],
    ['--store', '', 'Name a store and one file'],
  ])('says what is wrong with %s %s', async (flag, value, why, name?: string) => {
    const temp = await closedShop();
    const { code, err } = await runImport(temp.file, [flag, value, name ?? write('a.json', { orders: [] })]);
    expect(err).toContain(why);
    expect(code).toBe(2);
  });

  it('killed at any moment, and started again, takes every order once', async () => {
    const temp = await closedShop();
    const count = 1_200;
    const file = write('old.json', {
      orders: Array.from({ length: count }, (_, i) => order(i + 1, i % 2 ? 'delivered' : 'new')),
    });
    let kills = 0;
    for (let done = false; !done; ) {
      const { code, out } = await runImport(temp.file, ['--store', 'main', file], (text) => /\n\d+ of /.test(text));
      done = code === 0;
      if (!done) kills += 1;
      else expect(out).toContain('refused 0');
    }
    expect(kills).toBeGreaterThan(1);
    const service = await temp.restart();
    const replica = createReplica(() => service, 'main');
    replica.standAt({ epoch: (await service.log.head('main')).epoch, cursor: 0, hash: null });
    const changes = await replica.follow();
    const ids = [...replica.orders.values()].map(({ externalId }) => externalId);
    expect(changes).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  }, 120_000);
});

describe('an import beside a running server', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
    ends.push(() => server.close());
  });
  const database = () => join(server.dir, 'server.db');

  it('shows its orders on a display, and rings only for pending ones', async () => {
    const store = await server.makeStore();
    const kitchen = await startRealDisplay({ serverUrl: server.url, token: store.display.token });
    ends.push(() => kitchen.remove());
    await until('it is live', () => kitchen.screen.link() === 'live', 20_000);
    const orders = [order(1, 'new'), order(2, 'delivered'), order(3, 'cancelled'), order(4, 'processing')];
    const { code, out } = await runImport(database(), ['--store', store.id, write('old.json', { orders })]);
    expect(out).toContain('imported 4');
    expect(code).toBe(0);
    await until('both open orders are there', () => kitchen.screen.tickets().length === 2, 20_000);
    const shown = kitchen.screen.tickets().map(({ order: { number, status } }) => `${number} ${status}`);
    expect(shown.sort()).toEqual(['1 pending', '4 preparing']);
    expect(kitchen.screen.status().alarm.orderIds).toHaveLength(1);
  });

  it('counts finished orders on their day, not as today’s', async () => {
    const store = await server.makeStore();
    const orders = [order(1, 'delivered'), order(2, 'delivered')];
    await importInto(database(), write('old.json', { orders }), { storeId: store.id });
    const stats = async (query: string) => (await server.api('GET', `/stats?storeId=${store.id}${query}`)).json;
    expect(await stats('')).toMatchObject({ orders: 0, revenueMinor: 0 });
    const then = '&from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z';
    expect(await stats(then)).toMatchObject({ orders: 2, revenueMinor: 5900 });
  });

  it('sends nothing about finished orders to webhooks', async () => {
    const shop = await startServer({ PRIVATE_TARGETS: '1' });
    ends.push(() => shop.close());
    const receiver = await startReceiver();
    ends.push(() => receiver.kill());
    const store = await shop.makeStore();
    const made = await shop.api('POST', `/stores/${store.id}/webhooks`, { body: { url: receiver.url } });
    expect(made.status).toBe(201);
    const orders = [order(1, 'delivered'), order(2, 'new'), order(3, 'cancelled')];
    await importInto(join(shop.dir, 'server.db'), write('old.json', { orders }), { storeId: store.id });
    const last = { storeId: store.id, items: [{ name: 'Soup', quantity: 1 }], currency: 'GEL', totalMinor: 100 };
    await shop.api('POST', '/orders', { body: last });
    const seqs = () => receiver.calls.flatMap(({ message }) => message.seq ?? []);
    await until('the last order has arrived', () => seqs().includes(4), 20_000);
    expect(seqs()).toEqual([2, 4]);
  });

  it('lets the shop’s orders through, and loses none of either', async () => {
    const store = await server.makeStore();
    const count = 600;
    const file = write('old.json', { orders: Array.from({ length: count }, (_, i) => order(i + 1, 'delivered')) });
    let importing = true;
    const imported = runImport(database(), ['--store', store.id, file]).finally(() => {
      importing = false;
    });
    let placed = 0;
    while (importing) {
      const body = { storeId: store.id, items: [{ name: 'Soup', quantity: 1 }], currency: 'GEL', totalMinor: 100 };
      expect((await server.api('POST', '/orders', { body })).status).toBe(201);
      placed += 1;
    }
    expect((await imported).out).toContain(`imported ${count}, here already 0, refused 0`);
    expect(placed).toBeGreaterThan(0);
    const { head } = await server.service.log.head(store.id);
    expect(head).toBe(count + placed);
  }, 60_000);
});
