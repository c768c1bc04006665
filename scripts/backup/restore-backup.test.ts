import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeShop } from '#server/testing/shop.ts';
import { sqliteService } from '#server/testing/temp-service.ts';
import { backUp } from './back-up.ts';
import { restoreBackup } from './restore-backup.ts';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
let dir: string;
let temp: Awaited<ReturnType<typeof sqliteService>>;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-restore-'));
  temp = await sqliteService();
  const { place } = await makeShop(temp.service);
  await place();
});
afterEach(async () => {
  await temp.dispose();
  rmSync(dir, { recursive: true, force: true });
});
const epochOf = async () => (await temp.service.log.head('main')).epoch;

it('[S1] begins an epoch, and has what the backup has', async () => {
  const backup = join(dir, 'backup.db');
  await backUp(`file:${temp.file}`, backup);
  const before = await epochOf();
  await temp.service.close();
  const kept = restoreBackup(backup, temp.file, NOW);
  expect(kept).toBe(`${temp.file}.replaced-2026-11-21T12-00-00.000Z`);
  await temp.restart();
  expect(await epochOf()).not.toBe(before);
  expect((await temp.service.orders.list({ storeId: 'main', limit: 9 })).orders).toHaveLength(1);
});

it('makes a database where there is none', async () => {
  const backup = join(dir, 'backup.db');
  await backUp(`file:${temp.file}`, backup);
  expect(restoreBackup(backup, join(dir, 'data', 'server.db'), NOW)).toBeNull();
  expect(readdirSync(join(dir, 'data')).toSorted()).toEqual(['server.db', 'server.db.lock']);
});

describe('a restore is refused, and changes nothing,', () => {
  const refused = (from: string, why: string) => {
    const before = readdirSync(join(temp.file, '..'));
    expect(() => restoreBackup(from, temp.file, NOW)).toThrow(why);
    expect(readdirSync(join(temp.file, '..'))).toEqual(before);
  };

  it('while a server uses the database, or the backup', async () => {
    const backup = join(dir, 'backup.db');
    await backUp(`file:${temp.file}`, backup);
    refused(backup, `a program uses ${temp.file}; stop it first`);
    expect(() => restoreBackup(temp.file, join(dir, 'other.db'), NOW)).toThrow(`a program uses ${temp.file}`);
  });

  it('if the backup is damaged, no database, not of a server, of a newer version, or missing', async () => {
    await temp.service.close();
    const file = (name: string, sql: string) => {
      copyFileSync(temp.file, join(dir, name));
      const db = new Sqlite(join(dir, name));
      db.exec(sql).close();
      return join(dir, name);
    };
    const text = join(dir, 'text.db');
    writeFileSync(text, 'no database '.repeat(1_000));
    refused(text, 'is not whole');
    refused(file('damaged.db', 'update orders set total_minor = 1'), '1 damaged in orders');
    const newer = "insert into migrations (number, name, at) values (999, 'later', '')";
    refused(file('newer.db', newer), 'written by a newer version');
    new Sqlite(join(dir, 'menu.db')).exec('create table menu (id integer)').close();
    refused(join(dir, 'menu.db'), 'is not the database of a server');
    refused(join(dir, 'missing.db'), 'there is no backup');
    refused(temp.file, 'is the database itself');
  });
});
