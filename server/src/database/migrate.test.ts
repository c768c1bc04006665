import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MORNING } from '../testing/temp-service.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';
import { allMigrations } from './migrations/all-migrations.ts';

describe('migrations', () => {
  let sqlite: Sqlite.Database;
  let db: Kysely<never>;
  let backups: number[];
  beforeEach(() => {
    backups = [];
    sqlite = new Sqlite(':memory:');
    db = new Kysely({ dialect: new SqliteDialect({ database: sqlite }) });
  });
  afterEach(() => void sqlite.close());

  const makes = (number: number, table: string): Migration => ({
    number,
    name: table,
    up: async (schema) => void (await schema.table(table).addColumn('id', 'text').execute()),
  });
  const run = (...migrations: Migration[]) =>
    migrate(db, { dialect: 'sqlite', migrations, now: MORNING, backUp: async (next) => void backups.push(next) });
  const tables = () =>
    sqlite.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all();

  it('run once each, in order, after a backup of a database that is not empty', async () => {
    expect(await run(makes(1, 'one'))).toEqual([1]);
    expect(backups).toEqual([]);
    expect(await run(makes(1, 'one'), makes(2, 'two'), makes(3, 'three'))).toEqual([2, 3]);
    expect(backups).toEqual([2]);
    expect(await run(makes(1, 'one'), makes(2, 'two'), makes(3, 'three'))).toEqual([]);
    expect(tables()).toEqual(['migrations', 'one', 'three', 'two']);
  });

  it('leave nothing behind if one fails, and run it again', async () => {
    const fails: Migration = {
      ...makes(2, 'two'),
      up: async (schema) => {
        await makes(2, 'two').up(schema);
        throw new Error('no');
      },
    };
    await expect(run(makes(1, 'one'), fails, makes(3, 'three'))).rejects.toThrow('no');
    expect(tables()).toEqual(['migrations', 'one']);
    expect(await run(makes(1, 'one'), makes(2, 'two'))).toEqual([2]);
  });

  it('refuse a database of a newer version, without touching it', async () => {
    await run(makes(1, 'one'), makes(2, 'two'));
    await expect(run(makes(1, 'one'))).rejects.toThrow(/newer version .* migration 2/);
  });

  it('let an older program start again, if they say that it works with them', async () => {
    await run(makes(1, 'one'));
    await run(makes(1, 'one'), { ...makes(2, 'two'), worksWith: 1 });
    expect(await run(makes(1, 'one'))).toEqual([]);
    await run(makes(1, 'one'), makes(2, 'two'), { ...makes(3, 'three'), worksWith: 2 });
    await expect(run(makes(1, 'one'))).rejects.toThrow(/newer version .* migration 3/);
  });

  it('run on the table of a program that knew nothing of older ones', async () => {
    sqlite.exec('create table migrations (number integer primary key, name text not null, at text not null)');
    sqlite.exec("insert into migrations values (1, 'one', '')");
    expect(await run(makes(1, 'one'), makes(2, 'two'), { ...makes(3, 'three'), worksWith: 2 })).toEqual([2, 3]);
    expect(await run(makes(1, 'one'), makes(2, 'two'))).toEqual([]);
  });

  it('are numbered in their order, and every table is strict', async () => {
    const numbers = allMigrations.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    await run(...allMigrations);
    const loose = sqlite
      .prepare("select name from pragma_table_list where strict = 0 and type = 'table' and name not like 'sqlite%'")
      .pluck();
    expect(loose.all()).toEqual(['migrations']);
  });
});
