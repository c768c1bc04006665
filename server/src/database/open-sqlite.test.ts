import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MORNING } from '../testing/temp-service.ts';
import type { Migration } from './migration.ts';
import { openDatabase } from './open-database.ts';

describe('opening the database', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ticketrail-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const open = (name = 'a.db') => openDatabase(`file:${join(dir, name)}`, { now: MORNING, onFault: () => {} });
  const complaint = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'none',
      (error: Error) => error.message,
    );

  it('creates the folder and the file, and is durable after the first write: WAL, synchronous FULL', async () => {
    const { db, close } = await open('new/folder/a.db');
    const pragma = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('trusted_schema')).toBe(0);
    await close();
  });

  it.skipIf(process.platform === 'win32')('lets only their owner read its files, also those of before', async () => {
    new Sqlite(join(dir, 'a.db')).exec('create table other (id)').close();
    const { close } = await open();
    const modes = ['a.db', 'a.db-wal', 'a.db-shm'].map((name) => statSync(join(dir, name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await close();
  });

  it('also accepts a file URL, and opens the same file again', async () => {
    for (let i = 0; i < 2; i++) {
      const url = `file://${join(dir, 'a b.db').replace(' ', '%20')}`;
      await (await openDatabase(url, { now: MORNING, onFault: () => {} })).close();
    }
    expect(readdirSync(dir)).toContain('a b.db');
  });

  it('[section 4] makes the database refuse any other status, also from outside', async () => {
    const { close } = await open();
    await close();
    const raw = new Sqlite(join(dir, 'a.db'));
    raw.pragma('foreign_keys = OFF');
    const insert = (status: string) =>
      raw
        .prepare(
          `insert into orders (id, store_id, status, version, created_at, updated_at, total_minor, search, body)
           values (?, 'main', ?, 1, '', '', 0, '', '{}')`,
        )
        .run(status, status);
    for (const status of ['new', 'confirmed', 'canceled', 'PENDING', '', 'shipped'])
      expect(() => insert(status)).toThrow(/CHECK/);
    insert('pending');
    const indexes = raw.prepare(`select group_concat(name) from pragma_index_info('orders_by_status')`).pluck().get();
    expect(indexes).toBe('store_id,status,created_at,id');
    raw.close();
  });

  it('reports in one sentence that another process or this one uses the file, and releases it on close', async () => {
    const first = await open();
    expect(await complaint(open())).toMatch(/a\.db cannot be used: another process is using it; stop that one first/);
    await first.close();
    await (await open()).close();
  }, 15_000);

  it('reports in one sentence a file that is no database, or a path that is no file', async () => {
    writeFileSync(join(dir, 'text.db'), 'not a database, but longer than a header'.repeat(50));
    expect(await complaint(open('text.db'))).toMatch(/it is damaged or no database/);
    mkdirSync(join(dir, 'folder.db'));
    expect(await complaint(open('folder.db'))).toMatch(/cannot be used: unable to open/);
  });

  it('[R1] reports in one sentence a damaged schema that is valid', async () => {
    await (await open()).close();
    const raw = new Sqlite(join(dir, 'a.db'));
    raw.unsafeMode();
    raw.pragma('writable_schema = ON');
    raw.exec(`update sqlite_schema set sql = replace(sql, '"last"', '"lost"') where name = 'number_counters'`);
    raw.close();
    expect(await complaint(open())).toMatch(
      /a\.db cannot be used: its schema is damaged, or was changed by hand; put a/,
    );
  });

  it('writes a complete backup beside the file before a migration of existing data', async () => {
    const table = (number: number): Migration => ({
      number,
      name: `table ${number}`,
      up: async (schema) => void (await schema.table(`t${number}`).addColumn('x', 'text').execute()),
    });
    const file = join(dir, 'a.db');
    const run = (...migrations: Migration[]) =>
      openDatabase(`file:${file}`, { now: MORNING, onFault: () => {}, migrations });
    const { db, close } = await run(table(1));
    await sql`insert into t1 values ('kept')`.execute(db);
    await close();
    await (await run(table(1), table(2))).close();
    const backup = new Sqlite(join(dir, 'a.db.before-migration-2.2026-11-21T06-00-00.000Z'), { readonly: true });
    expect(backup.prepare('select x from t1').pluck().all()).toEqual(['kept']);
    expect(() => backup.prepare('select * from t2')).toThrow(/no such table/);
    backup.close();
    await (await run(table(1), table(2))).close();
    expect(readdirSync(dir).filter((name) => name.includes('before-migration'))).toHaveLength(1);
  });

  it('names DATABASE_URL if it is not a file', async () => {
    for (const url of ['mysql://u:secret@h/db', 'file:', './x.db', '']) {
      const words = await complaint(openDatabase(url, { now: MORNING, onFault: () => {} }));
      expect(words).toMatch(/^DATABASE_URL must be file:/);
      expect(words).not.toContain('secret');
    }
  });
});
