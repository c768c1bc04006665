import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { hotStatement } from './hot-statement.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

interface Counter {
  store_id: string;
  day: string;
  last: number;
}

function start() {
  const sqlite = new Sqlite(':memory:');
  sqlite.exec('create table number_counters (store_id text primary key, day text, last integer)');
  const db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite, () => {}) });
  onTestFinished(() => db.destroy());
  let built = 0;
  const insert = hotStatement((on, counter: Counter) => {
    built += 1;
    return on.insertInto('number_counters').values(counter).returning('last');
  });
  return { db, insert, built: () => built };
}

it('is built once and runs with the values of each call, whatever their order', async () => {
  const { db, insert, built } = start();
  expect(await insert(db, { store_id: 'a', day: '2026-11-30', last: 1 })).toEqual([{ last: 1 }]);
  expect(await insert(db, { last: 7, day: '2026-12-01', store_id: 'b' })).toEqual([{ last: 7 }]);
  expect(built()).toBe(1);
  expect(await db.selectFrom('number_counters').selectAll().orderBy('store_id').execute()).toEqual([
    { store_id: 'a', day: '2026-11-30', last: 1 },
    { store_id: 'b', day: '2026-12-01', last: 7 },
  ]);
});

it('is a part of the transaction in which it runs', async () => {
  const { db, insert } = start();
  const attempt = db.transaction().execute(async (tx) => {
    await insert(tx, { store_id: 'a', day: '2026-11-30', last: 1 });
    throw new Error('undone');
  });
  await expect(attempt).rejects.toThrow('undone');
  expect(await db.selectFrom('number_counters').selectAll().execute()).toEqual([]);
});

it('refuses to run without one of its values, which a database would take for null', async () => {
  const { db, insert } = start();
  await insert(db, { store_id: 'a', day: '2026-11-30', last: 1 });
  await expect(insert(db, { store_id: 'b', day: '2026-11-30' } as Counter)).rejects.toThrow(/no value for last/);
});
