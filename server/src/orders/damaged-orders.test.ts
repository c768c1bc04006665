import { readFileSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import type { Damage } from '../database/damage.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { readWholeHistory } from '../testing/read-whole-history.ts';
import { ADMIN, command, makeShop, refusalOf, type Shop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

let temp: Awaited<ReturnType<typeof sqliteService>>;
let shop: Shop;
let order: Order;
let healthy: Order;
beforeEach(async () => {
  temp = await sqliteService();
  shop = await makeShop(temp.service);
  order = await shop.place({ totalMinor: 123_456 });
  order = await temp.service.orders.patch(ADMIN, order.id, { note: 'no onions' }, {});
  healthy = await shop.place();
});
afterEach(() => temp.dispose());

/** Changes rows from outside, like a faulty disk. */
function damage(...statements: string[]): void {
  const raw = new Sqlite(temp.file);
  for (const statement of statements) raw.exec(statement);
  raw.close();
}
/** Replaces the bytes of a text in the closed file, wherever they are. */
async function overwrite(text: string, by: string): Promise<void> {
  await temp.service.close();
  const bytes = readFileSync(temp.file);
  let found = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1), found++) bytes.write(by, at);
  expect(found).toBeGreaterThan(0);
  writeFileSync(temp.file, bytes);
  await temp.restart();
}
const ofOrder = (table: string) => (table === 'orders' ? `id = '${order.id}'` : `order_id = '${order.id}'`);
const snapshot = async () => (await readSnapshot(temp.service, 'main')).orders;
const sorted = (orders: Order[]) => orders.toSorted((a, b) => (a.id < b.id ? -1 : 1));
function recorded(): Damage[] {
  const all: Damage[] = [];
  temp.service.damage.onDamage((one) => all.push(one));
  return all;
}

describe.each([
  ['a flipped digit', `body = replace(body, '123456', '123457')`],
  ['no JSON', `body = '{'`],
  ['another version', 'version = 1'],
  ['another status', `status = 'preparing'`],
  ['another total', 'total_minor = 1'],
])('[R1] an order with %s', (_what, set) => {
  beforeEach(() => damage(`update orders set ${set} where id = '${order.id}'`));

  it('is rebuilt from its last change, and shown to displays as it was', async () => {
    const { digest } = await temp.service.log.digest('main');
    const found = recorded();
    expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
    expect(await temp.service.orders.get(ADMIN, order.id)).toEqual(order);
    expect(found).toEqual([{ row: 'order', outcome: 'rebuilt', storeId: 'main', orderId: order.id }]);
    expect(temp.logged).toEqual(['a damaged order in the database: it was rebuilt from its last change']);
    expect((await temp.service.log.digest('main')).digest === digest).toBe(!set.startsWith('version'));
    expect((await temp.service.log.head('main')).head).toBe(3);
  });

  it('can be read, listed, changed and tapped like any other', async () => {
    const { orders, submitCommands } = temp.service;
    expect(await orders.get(ADMIN, order.id)).toEqual(order);
    damage(`update orders set ${set} where id = '${order.id}'`);
    expect((await orders.list({ storeId: null, limit: 9 })).orders).toContainEqual(order);
    damage(`update orders set ${set} where id = '${order.id}'`);
    expect(await orders.patch(ADMIN, order.id, { note: 'extra onions' }, { ifMatch: 2 })).toMatchObject({
      totalMinor: 123_456,
      version: 3,
    });
    damage(`update orders set ${set} where id = '${order.id}'`);
    const { results } = await submitCommands(shop.display, [command(order, 'acknowledge', {}, temp.clock.now)]);
    expect(results).toMatchObject([{ outcome: 'applied' }]);
  });

  it('is found at the start, by nobody else’s reading', async () => {
    const found = recorded();
    await temp.service.checkRows(new AbortController().signal);
    expect(found).toEqual([{ row: 'order', outcome: 'rebuilt', storeId: 'main', orderId: order.id }]);
    await temp.service.checkRows(new AbortController().signal);
    expect(found).toHaveLength(1);
  });
});

it.each([
  ['a damaged id', "'x'"],
  ['an id of which a byte is no UTF-8', "cast(x'ff' as text)"],
])('[R1] an order with %s is rebuilt from its last change, under its own id', async (_what, prefix) => {
  const { digest } = await temp.service.log.digest('main');
  damage(`update orders set id = ${prefix} || id where id = '${order.id}'`);
  const found = recorded();
  expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
  expect(await temp.service.orders.get(ADMIN, order.id)).toEqual(order);
  expect(found).toEqual([{ row: 'order', outcome: 'rebuilt', storeId: 'main', orderId: order.id }]);
  expect((await temp.service.log.digest('main')).digest).toBe(digest);
});

describe('[R1] an order whose last change is damaged too', () => {
  it('is set back to the change before', async () => {
    damage(
      `update orders set body = '{' where ${ofOrder('orders')}`,
      `update changes set body = replace(body, '123456', '123457') where ${ofOrder('changes')} and version = 2`,
    );
    const found = recorded();
    expect(sorted(await snapshot())).toEqual(sorted([{ ...order, note: null, version: 1, seq: 1 }, healthy]));
    expect(found).toMatchObject([{ outcome: 'older' }]);
  });

  it('and every other change: is left out and set aside; the store stays open', async () => {
    for (const table of ['orders', 'changes']) damage(`update ${table} set body = '{' where ${ofOrder(table)}`);
    const found = recorded();
    expect(await snapshot()).toEqual([healthy]);
    expect(found).toMatchObject([{ outcome: 'left_out', orderId: order.id }]);
    expect((await refusalOf(temp.service.orders.get(ADMIN, order.id))).code).toBe('not_found');
    const raw = new Sqlite(temp.file, { readonly: true });
    expect(raw.prepare('select order_id from damaged_orders').pluck().all()).toEqual([order.id]);
    raw.close();
    const { results } = await temp.service.submitCommands(shop.display, [
      command(order, 'acknowledge', {}, temp.clock.now),
    ]);
    expect(results).toMatchObject([{ outcome: 'rejected', code: 'not_found' }]);
  });
});

describe('[R1] bytes overwritten in the file', () => {
  it('in the order and its first change: shows the order as it was', async () => {
    damage(`update changes set body = replace(body, '123456', '123455') where ${ofOrder('changes')} and version = 2`);
    damage(`update changes set checksum = null where ${ofOrder('changes')} and version = 2`);
    await overwrite('"totalMinor":123456', '"totalMinor":123457');
    expect((await snapshot()).find(({ id }) => id === order.id)?.totalMinor).toBe(123_455);
  });

  it('in a column that indexes repeat: shows the order as it was', async () => {
    await overwrite(`${order.id}mainpending\u00022026`, `${order.id}mainpending\u00022025`);
    const found = recorded();
    await temp.service.checkRows(new AbortController().signal);
    expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
    expect(found).toMatchObject([{ row: 'index' }, { outcome: 'rebuilt', orderId: order.id }]);
    expect((await temp.service.orders.setStatus(ADMIN, order.id, 'preparing', {})).version).toBe(3);
  });
});

describe('[R1] an index that differs from the orders', () => {
  /** Runs statements that one index does not notice. */
  function behindIndex(index: string, step: (raw: Sqlite.Database) => void): void {
    const raw = new Sqlite(temp.file);
    raw.unsafeMode();
    raw.pragma('writable_schema = on');
    const read = raw.prepare<[string], { tbl_name: string; rootpage: number; sql: string }>(
      'select * from sqlite_schema where name = ?',
    );
    const row = read.get(index);
    const next = () => raw.pragma(`schema_version = ${Number(raw.pragma('schema_version', { simple: true })) + 1}`);
    raw.prepare('delete from sqlite_schema where name = ?').run(index);
    next();
    step(raw);
    raw
      .prepare("insert into sqlite_schema values ('index', ?, ?, ?, ?)")
      .run(index, row?.tbl_name, row?.rootpage, row?.sql);
    next();
    raw.close();
  }

  it('while the server runs is built again, and the change is made', async () => {
    const set = 'update orders set updated_at = ? where id = ?';
    damage(`update orders set updated_at = '2020' where id = '${order.id}'`);
    behindIndex('orders_by_change', (raw) => raw.prepare(set).run(order.updatedAt, order.id));
    expect((await temp.service.orders.setStatus(ADMIN, order.id, 'preparing', {})).version).toBe(3);
  });

  it.each([
    ['of another order', 'select min(search_key) from orders'],
    ['of another year', 'select max(search_key) << 1 from orders'],
  ])('because an order has the search key %s: it gets one, and a search finds both', async (_whose, key) => {
    await temp.service.close();
    behindIndex('orders_by_search_key', (raw) =>
      raw.prepare(`update orders set search_key = (${key}) where id = ?`).run(healthy.id),
    );
    await temp.restart();
    expect(recorded()).toMatchObject([{ row: 'index' }]);
    expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
    const found = await temp.service.orders.list({ storeId: 'main', limit: 9, q: 'khachapuri' });
    expect(sorted(found.orders)).toEqual(sorted([order, healthy]));
  });

  it('so that it cannot be built again: the start ends with words for an operator', async () => {
    await makeShop(temp.service, 'second').then(({ place }) => place());
    await temp.service.close();
    behindIndex('changes_of_order', (raw) =>
      raw.prepare("update changes set order_id = ? where store_id = 'second'").run(order.id),
    );
    await expect(temp.restart()).rejects.toThrow(/it is damaged or no database; put a backup in its place/);
  });

  it('because a row is gone: the order is put back from the log at the start', async () => {
    await temp.service.close();
    behindIndex('orders_by_change', (raw) => raw.prepare('delete from orders where id = ?').run(order.id));
    await temp.restart();
    expect(recorded()).toMatchObject([{ row: 'index' }, { outcome: 'rebuilt', orderId: order.id }]);
    expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
    expect((await temp.service.orders.setStatus(ADMIN, order.id, 'preparing', {})).version).toBe(3);
  });

  it('and with the note of a deletion gone: the order stays deleted, with its history', async () => {
    await temp.service.orders.remove(ADMIN, order.id, {});
    const history = await readWholeHistory(temp.service.orders, ADMIN, order.id);
    await temp.service.close();
    behindIndex('orders_by_change', (raw) => raw.prepare('delete from orders where id = ?').run(healthy.id));
    damage(`update former_orders set order_id = 'x' || order_id`);
    await temp.restart();
    expect(recorded()).toMatchObject([
      { row: 'index' },
      { row: 'deleted order', outcome: 'rebuilt', orderId: order.id },
      { row: 'order', outcome: 'rebuilt', orderId: healthy.id },
    ]);
    expect(await snapshot()).toEqual([healthy]);
    expect(await readWholeHistory(temp.service.orders, ADMIN, order.id)).toEqual(history);
  });
});

describe('[R1] a damaged change', () => {
  let hashes: string[];
  beforeEach(async () => {
    const raw = new Sqlite(temp.file, { readonly: true });
    hashes = raw.prepare('select hash from changes order by seq').pluck().all() as string[];
    raw.close();
    // Otherwise the changes are still in memory.
    await temp.restart();
  });
  const read = async (cursor: number) => {
    const { epoch } = await temp.service.log.head('main');
    return temp.service.log.read('main', { epoch, cursor, hash: hashes[cursor - 1] ?? null }, 200);
  };

  it.each([
    ['with a flipped digit', `update changes set body = replace(body, '123456', '123457') where seq = 2`],
    ['that is no JSON', `update changes set body = '{' where seq = 2`],
    ['of somebody else', `update changes set by_name = 'Nobody' where seq = 2`],
    ['that is missing', 'delete from changes where seq = 2'],
  ])('%s: displays behind it get a snapshot, others continue', async (_what, statement) => {
    damage(statement);
    const found = recorded();
    expect(await read(0)).toMatchObject({ mode: 'delta', to: 1, head: 3 });
    expect(await read(1)).toMatchObject({ mode: 'snapshot', reason: 'too_old', head: 3 });
    expect(await read(2).then(({ mode }) => mode)).toBe(statement.startsWith('delete') ? 'snapshot' : 'delta');
    expect(sorted(await snapshot())).toEqual(sorted([order, healthy]));
    expect((await temp.service.orders.history(ADMIN, order.id)).map(({ seq }) => seq)).toEqual([1]);
    await temp.service.checkRows(new AbortController().signal);
    expect(found).toEqual([{ row: 'change', outcome: 'left_out', storeId: 'main', seq: 2 }]);
  });

  it('at the end that is missing is not waited for', async () => {
    damage('delete from changes where seq = 3');
    expect(await read(2)).toMatchObject({ mode: 'snapshot', reason: 'too_old' });
  });
});
