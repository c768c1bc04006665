import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { insertOrder } from '../../orders/order-rows.ts';
import { doubled } from '../checked-rows.ts';
import { openDatabase } from '../open-database.ts';
import { allMigrations } from './all-migrations.ts';

const REFS = { a: 'u-1', b: null, c: 'ქეთი' };

it('finds the customers of the orders of before, and passes over damaged ones', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-customers-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const url = `file:${join(dir, 'server.db')}`;
  const before = await openDatabase(url, { now: 0, onFault: () => {}, migrations: allMigrations.slice(0, 11) });
  const store = { id: 'main', name: 'Main', currency: 'GEL', time_zone: 'UTC', settings: '{}', created_at: '' };
  await before.db.insertInto('stores').values(doubled('stores', store)).execute();
  const raw = new Sqlite(join(dir, 'server.db'));
  const insert = raw.prepare(
    `insert into orders (id, store_id, status, version, created_at, updated_at, total_minor, search, search_key, body)
     values (?, 'main', 'pending', 1, ?, ?, 0, '', ?, ?)`,
  );
  const bodies = Object.entries(REFS).map(([id, ref]) =>
    JSON.stringify(anOrder({ id, customer: { ref, name: null, phone: null } })),
  );
  for (const [i, body] of [...bodies, JSON.stringify({ customer: { ref: 7 } }), '{"customer": {"ref": "u-'].entries())
    insert.run('abcde'[i], '2026-11-21T10:00:00.000Z', '', i, body);
  raw.close();
  await before.close();

  const after = await openDatabase(url, { now: 0, onFault: () => {} });
  onTestFinished(() => after.close());
  const rows = await after.db.selectFrom('orders').select(['id', 'customer_ref']).orderBy('id').execute();
  expect(rows.map(({ id, customer_ref }) => [id, customer_ref])).toEqual([
    ...Object.entries(REFS),
    ['d', null],
    ['e', null],
  ]);
  const order = anOrder({ id: 'new', createdAt: '2026-11-22T10:00:00.000Z' });
  await insertOrder(after.db, order, JSON.stringify(order), null);
  const { customer_ref } = await after.db
    .selectFrom('orders')
    .select('customer_ref')
    .where('id', '=', 'new')
    .executeTakeFirstOrThrow();
  expect(customer_ref).toBe('u-17');
});
