import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPostgresDatabase, postgresUrl, type TestDatabase } from '../../testing/postgres-databases.ts';
import type { Database } from '../database.ts';
import type { Migration } from '../migration.ts';
import { allMigrations } from '../migrations/all-migrations.ts';
import { openDatabase } from '../open-database.ts';

const options = { now: Date.parse('2026-11-21T06:00:00.000Z'), onFault() {} };

describe.runIf(postgresUrl())('a PostgreSQL database', () => {
  let database: TestDatabase;
  const opened: Database[] = [];
  const open = async (url = database.url, migrations = allMigrations) => {
    const one = await openDatabase(url, { ...options, migrations });
    opened.push(one);
    return one;
  };
  beforeEach(async () => {
    database = await newPostgresDatabase(null);
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await database.drop();
  });

  it('is migrated once by two servers that start together', async () => {
    await Promise.all([open(), open(), open()]);
    const numbers = await database.run('select number from migrations order by number');
    expect(numbers.map(({ number }) => number)).toEqual(allMigrations.map(({ number }) => number));
  });

  it('says what time it is, and is the same database for all who open it, and another one than others', async () => {
    const [one, two] = [await open(), await open()];
    const before = Date.now();
    const time = await one.readTime?.();
    expect(time).toBeGreaterThanOrEqual(before - 1);
    expect(time).toBeLessThanOrEqual(Date.now() + 1);
    expect(one.identity).toMatch(/^\d+ test_/);
    expect(two.identity).toBe(one.identity);
    const other = await newPostgresDatabase(null);
    expect((await open(other.url)).identity).not.toBe(one.identity);
    await opened.pop()?.close();
    await other.drop();
  });

  it('is open to a user without rights on the server', async () => {
    const user = `user_${Date.now()}`;
    await database.run(`create user ${user} password 'of-the-tests'`);
    await database.run(`grant create on schema public to ${user}`);
    const url = Object.assign(new URL(database.url), { username: user, password: 'of-the-tests' }).href;
    expect((await open(url)).identity).not.toBe('');
    await opened.pop()?.close();
    await database.run(`drop owned by ${user}`);
    await database.run(`drop user ${user}`);
  });

  it('compares text by bytes, whatever its locale is', async () => {
    const { writes } = await open();
    const collations =
      await database.run(`select distinct c.collname from pg_attribute a join pg_class t on t.oid = attrelid
      join pg_collation c on c.oid = attcollation where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace`);
    expect(collations).toEqual([{ collname: 'C' }]);
    const names = ['b', 'B', 'a', 'ა', 'é'];
    for (const id of names)
      await writes.insertInto('telegram_offsets').values({ bot_id: id, next_update: 1, at: '' }).execute();
    const rows = await writes.selectFrom('telegram_offsets').select('bot_id').orderBy('bot_id').execute();
    expect(rows.map((row) => row.bot_id)).toEqual(['B', 'a', 'b', 'é', 'ა']);
  });

  it('gives whole numbers up to 2^53 as numbers', async () => {
    const { db } = await open();
    const { rows } =
      await sql`select 9007199254740991::bigint as one, sum(2::bigint) as two, count(*) as three`.execute(db);
    expect(rows).toEqual([{ one: 2 ** 53 - 1, two: 2, three: 1 }]);
  });

  it('takes an empty list', async () => {
    const { db } = await open();
    await open();
    expect(await db.selectFrom('stores').select('id').where('id', 'in', []).execute()).toEqual([]);
    expect(
      await db
        .selectFrom('migrations' as 'stores')
        .selectAll()
        .where('name', 'not in', [])
        .execute(),
    ).toHaveLength(allMigrations.length);
  });

  it('finds nothing by an id with a zero in it', async () => {
    const { db } = await open();
    expect(await db.selectFrom('orders').select('id').where('id', '=', 'a\0b').execute()).toEqual([]);
  });

  it.each([
    ['a database that is not there', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), /has no database/],
    ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' }), /refuses the user or password/],
    ['an unknown host', (url: URL) => Object.assign(url, { hostname: 'nowhere.invalid' }), /no host of this name/],
  ])('is refused with one sentence for %s, without the password', async (_what, change, sentence) => {
    const refused = await open(change(new URL(database.url)).href).catch((error: Error) => error.message);
    expect(refused).toMatch(sentence);
    expect(refused).not.toMatch(/wrong|of-the-tests/);
  });

  const newer = (worksWith?: number): Migration[] => [
    ...allMigrations,
    {
      number: 900,
      name: 'later',
      ...(worksWith !== undefined && { worksWith }),
      up: async ({ db }) => void (await db.schema.createTable('later').addColumn('id', 'text').execute()),
    },
  ];
  const newest = allMigrations.at(-1)?.number ?? 0;

  it('is migrated while a program runs that works with it, which may start again', async () => {
    const older = await open();
    await open(database.url, newer(newest));
    expect(await older.db.selectFrom('stores').select('id').execute()).toEqual([]);
    await open();
  });

  it('goes on to be read by that program, whose statements were prepared for the former tables', async () => {
    const { db, writes } = await open();
    const read = () => db.selectFrom('stores').selectAll().where('id', '=', 'main').execute();
    const inTransaction = () =>
      writes.transaction().execute((tx) => tx.selectFrom('stores').selectAll().where('id', '=', 'main').execute());
    await Promise.all([read(), read(), inTransaction(), inTransaction()]);
    const adds: Migration = {
      number: 900,
      name: 'later',
      worksWith: newest,
      up: async ({ db }) => void (await db.schema.alterTable('stores').addColumn('later', 'text').execute()),
    };
    await open(database.url, [...allMigrations, adds]);
    await Promise.all([read(), read()]);
    // The first learns it, as the first in a transaction would have; the write queue runs it again.
    await inTransaction().catch((error) => expect(error).toMatchObject({ fault: 'retry' }));
    await Promise.all([inTransaction(), inTransaction()]);
  });

  it('is not migrated while a program runs that does not work with it, which does not start again later', async () => {
    const older = await open();
    await expect(open(database.url, newer())).rejects.toThrow(/older version .* stop them/);
    expect(await older.db.selectFrom('stores').select('id').execute()).toEqual([]);
    await open();
    for (const one of opened.splice(0)) await one.close();
    await open(database.url, newer());
    await expect(open()).rejects.toThrow(/newer version/);
  });

  it('of a newer version is refused', async () => {
    await (await open()).close();
    await database.run(`insert into migrations values (999, 'later', '')`);
    await expect(open()).rejects.toThrow(/newer version/);
  });
});
