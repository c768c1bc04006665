import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { allMigrations } from './all-migrations.ts';

it('keeps the escalations of before, and allows those of a store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-escalations-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'server.db');
  const options = { now: 0, onFault: () => {} };
  const migrations = allMigrations.filter(({ number }) => number < 13);
  await (await openDatabase(`file:${file}`, { ...options, migrations })).close();
  const before = new Sqlite(file);
  before.exec(`
    insert into stores (id, name, currency, time_zone, settings, created_at) values ('main', 'Main', 'GEL', 'UTC', '{}', 'x');
    insert into escalations values ('e1', 'main', 'undelivered', 'o1', '7', 'then', null);
    insert into escalations values ('e2', 'main', 'no_display', 'o1', '7', 'then', 'later');`);
  before.close();
  await (await openDatabase(`file:${file}`, options)).close();

  const raw = new Sqlite(file);
  onTestFinished(() => void raw.close());
  const common = { store_id: 'main', order_id: 'o1', order_number: '7', subject: null, detail: null };
  expect(raw.prepare('select * from escalations order by id').all()).toEqual([
    { id: 'e1', ...common, kind: 'undelivered', raised_at: 'then', resolved_at: null },
    { id: 'e2', ...common, kind: 'no_display', raised_at: 'then', resolved_at: 'later' },
  ]);
  const insert = (values: string) => () => raw.exec(`insert into escalations values (${values})`);
  insert(`'e3', 'main', 'webhook', null, null, 'w1', 'It fails.', 'now', null`)();
  expect(insert(`'e4', 'main', 'webhook', null, null, 'w1', 'Again.', 'now', null`)).toThrow('UNIQUE');
  expect(insert(`'e5', 'main', 'undelivered', 'o1', '7', null, null, 'now', null`)).toThrow('UNIQUE');
  expect(insert(`'e6', 'main', 'printer', null, null, null, null, 'now', null`)).toThrow('CHECK');
  expect(insert(`'e7', 'main', 'toaster', null, null, 't1', 'It burns.', 'now', null`)).toThrow('CHECK');
});
