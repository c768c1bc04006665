import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createService } from '#server/create-service.ts';
import { newPostgresDatabase, postgresUrl } from '#server/testing/postgres-databases.ts';
import { ADMIN, command, draft, makeShop } from '#server/testing/shop.ts';
import { ADMIN_TOKEN, MORNING } from '#server/testing/temp-service.ts';
import { moveDatabase } from './move-database.ts';
import { TABLE_NAMES } from './moved-tables.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-move-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const fileUrl = (name: string) => `file:${join(dir, `${name}.db`)}`;

async function secondUrl(): Promise<string> {
  if (postgresUrl() === null) return fileUrl('second');
  const database = await newPostgresDatabase(null);
  onTestFinished(database.drop);
  return database.url;
}

async function open(databaseUrl: string) {
  const service = await createService({
    databaseUrl,
    adminToken: ADMIN_TOKEN,
    log: { info() {}, warn() {}, error: console.error },
    now: () => MORNING,
  });
  onTestFinished(() => service.close());
  return service;
}

/** A store with orders, taps, a token, a key and a deleted order. */
async function fill(url: string) {
  const service = await open(url);
  const shop = await makeShop(service);
  const { token } = await service.access.createDevice('main', { name: 'Bar', role: 'display' });
  const order = await shop.place({ externalId: 'web-1', customer: { name: 'Нино 王', ref: 'u-1' } });
  await service.orders.remove(ADMIN, (await shop.place()).id, {});
  for (let i = 0; i < 5; i++) await shop.place({ note: `order ${i}` });
  const tap = command(order, 'set_priority', { priority: true }, MORNING);
  await service.submitCommands(shop.display, [tap]);
  const idempotency = { key: 'k', request: 'r' };
  const paid = await service.orders.setPayment(ADMIN, order.id, { status: 'paid' }, { idempotency });
  const place = { ...(await service.log.head('main')) };
  await service.close();
  return { shop, token, tap, paid, idempotency, place };
}

async function expectAll(
  url: string,
  { shop, token, tap, paid, idempotency, place }: Awaited<ReturnType<typeof fill>>,
) {
  const service = await open(url);
  const { epoch, head, hash } = place;
  expect(await service.log.head('main')).toEqual(place);
  expect(await service.log.read('main', { epoch, cursor: head, hash }, 9)).toMatchObject({
    mode: 'delta',
    changes: [],
  });
  const all = await service.log.read('main', { epoch, cursor: 0, hash: null }, 200);
  expect(all).toMatchObject({ mode: 'delta', to: head, hash });
  expect(await service.access.callerOf(token)).toMatchObject({ name: 'Bar', role: 'display' });
  const [answer] = (await service.submitCommands(shop.display, [tap])).results;
  expect(answer).toMatchObject({ outcome: 'applied', replayed: true });
  expect(await service.orders.setPayment(ADMIN, paid.id, { status: 'paid' }, { idempotency })).toEqual(paid);
  expect((await service.orders.create(ADMIN, 'main', draft({ externalId: 'web-1' }))).created).toBe(false);
  const found = await service.orders.list({ storeId: 'main', q: 'нино', limit: 50 });
  expect(found.orders.map(({ id }) => id)).toEqual([paid.id]);
  const next = await service.orders.create(ADMIN, 'main', draft());
  expect(next.order.seq).toBe(head + 1);
  await service.close();
}

it('[section 15] carries everything to the other database and back, and displays continue there', async () => {
  const [first, second, third] = [fileUrl('first'), await secondUrl(), fileUrl('third')];
  const filled = await fill(first);
  const there = await moveDatabase(first, second, MORNING);
  const back = await moveDatabase(second, third, MORNING);
  expect(back).toEqual(there);
  expect(there.rows).toMatchObject({ stores: 1, changes: 10, orders: 6, commands: 1, idempotency_keys: 1, devices: 4 });
  await expectAll(second, filled);
  await expectAll(third, filled);
});

it('refuses a second database that is not empty, and changes nothing there', async () => {
  const [first, second] = [fileUrl('first'), await secondUrl()];
  await fill(first);
  const there = await open(second);
  await makeShop(there, 'other');
  await there.close();
  await expect(moveDatabase(first, second, MORNING)).rejects.toThrow(/is not empty/);
  expect((await (await open(second)).stores.list()).map(({ id }) => id)).toEqual(['other']);
});

it('refuses a file that a server uses', async () => {
  const first = fileUrl('first');
  const service = await open(first);
  await expect(moveDatabase(first, await secondUrl(), MORNING)).rejects.toThrow(/another process is using it/);
  await service.close();
});

it('knows every table', async () => {
  const { default: Sqlite } = await import('better-sqlite3');
  await (await open(fileUrl('first'))).close();
  const raw = new Sqlite(join(dir, 'first.db'), { readonly: true });
  onTestFinished(() => void raw.close());
  const names = raw
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' and name not like 'order_search%'`)
    .pluck()
    .all();
  expect([...TABLE_NAMES, 'migrations'].sort()).toEqual(names.sort());
});
