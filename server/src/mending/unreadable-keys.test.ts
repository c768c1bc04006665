import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import { command, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

let temp: Awaited<ReturnType<typeof sqliteService>>;
beforeEach(async () => {
  temp = await sqliteService();
  const { service, clock } = temp;
  const shop = await makeShop(service);
  const order = await shop.place({ externalId: 'web-1' });
  await service.submitCommands(shop.display, [command(order, 'set_priority', { priority: true }, clock.now)]);
  await service.printers.create('main', PrinterDraft.parse({ name: 'Pass', address: 'pass:9100' }));
  await service.availability.patch('main', { open: false });
  await service.sources.create('main', { kind: 'standard', name: 'Web' }, 'https://o.example');
});
afterEach(() => temp.dispose());

const everything = async () => ({
  devices: await temp.service.access.listDevices('main'),
  orders: (await temp.service.orders.list({ storeId: null, limit: 9 })).orders,
  printers: await temp.service.printers.list('main'),
  sources: await temp.service.sources.list('main'),
  stores: await temp.service.stores.list(),
  takes: await temp.service.availability.get('main'),
});

/** In hex. */
function keys(table: string, key: string): unknown[] {
  const raw = new Sqlite(temp.file, { readonly: true });
  const all = raw.prepare(`select hex(${key}) from ${table}`).pluck().all();
  raw.close();
  return all.toSorted();
}

it.each([
  ['commands', 'command_id'],
  ['external_ids', 'external_id'],
  ['printers', 'id'],
  ['devices', 'id'],
  ['availability', 'store_id'],
  ['sources', 'id'],
])('a row of %s whose %s has a byte that is no UTF-8 is mended once', async (table, key) => {
  const before = { all: await everything(), keys: keys(table, key) };
  const raw = new Sqlite(temp.file);
  raw.pragma('foreign_keys = OFF');
  raw.exec(`update ${table} set ${key} = cast(x'ff' as text) || substr(${key}, 2)`);
  raw.close();
  await temp.restart();
  expect(temp.logged.length).toBeGreaterThan(0);
  expect(await everything()).toEqual(before.all);
  expect(keys(table, key)).toEqual(expect.arrayContaining(before.keys));
  temp.logged.length = 0;
  await temp.restart();
  expect(temp.logged).toEqual([]);
});
