import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { nodeStorage } from '#adapters/node-storage.ts';
import { makeShop } from '#server/testing/shop.ts';
import { sqliteService } from '#server/testing/temp-service.ts';
import { anOrder } from '#test/support/an-order.ts';
import { checkDatabase } from './check-database.ts';

function damage(file: string, sql: string): void {
  const db = new Sqlite(file);
  db.unsafeMode();
  db.exec(sql);
  db.close();
}

it('says of each table of a server how many rows are damaged, and what becomes of them', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { place } = await makeShop(temp.service);
  const orders = [];
  for (let i = 0; i < 4; i++) orders.push(await place({ externalId: `web-${i}` }));
  await temp.service.close();
  expect(checkDatabase(temp.file)).toEqual([]);
  damage(
    temp.file,
    `update orders set total_minor = 1; update changes set reason = 'x' where seq = 2; update stores set name = 'x'`,
  );
  const ids = orders.map(({ id }) => id);
  const found = checkDatabase(temp.file);
  expect(found.toSorted()).toEqual([
    '1 damaged in changes (main 2): they cannot be mended; displays that need them fetch a snapshot',
    '1 damaged in stores (main): the next start restores them from their second copy',
    `4 damaged in orders (${ids.slice(0, 3).join(', ')}, …): the server rebuilds them from the log`,
  ]);
});

it('says of an index that does not match its table that it is built again', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { place } = await makeShop(temp.service);
  const { id } = await place({ externalId: 'web-1' });
  await temp.service.close();
  const bytes = readFileSync(temp.file);
  // In the table only.
  bytes.write('mainweb-9', bytes.indexOf(`mainweb-1${id}`));
  writeFileSync(temp.file, bytes);
  expect(checkDatabase(temp.file)).toEqual([
    expect.stringMatching(/^the file is damaged: .+; the next start builds the indexes again$/),
    '1 damaged in external_ids (main web-9): the next start rebuilds from the log what it has of them',
  ]);
});

it('says of a damaged search index that it is built again', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { place } = await makeShop(temp.service);
  await place();
  await temp.service.indexOrders();
  await temp.service.close();
  damage(temp.file, `update order_search_data set block = unhex('${'ff'.repeat(200)}') where id > 10`);
  expect(checkDatabase(temp.file)).toEqual([
    expect.stringMatching(/^the file is damaged: .+; the next start builds the indexes again$/),
  ]);
  await temp.restart();
  expect((await temp.service.orders.list({ storeId: 'main', limit: 9, q: 'khachapuri' })).orders).toHaveLength(1);
});

it('says what becomes of the rows of a display', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-check-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { store } = nodeStorage(dir, { info() {}, warn() {}, error() {} }).openCache();
  store.put(anOrder({ id: 'a' }));
  store.setNote('clock', 1);
  store.close();
  const file = join(dir, 'cache.db');
  expect(checkDatabase(file)).toEqual([]);
  damage(file, `update orders set version = 9; update notes set value = '2'`);
  expect(checkDatabase(file)).toEqual([
    '1 damaged in orders (a): the next start fetches them from the server',
    '1 damaged in notes (clock): the next start drops them',
  ]);
});
