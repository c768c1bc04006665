import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createService } from '../create-service.ts';
import { makeShop } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { openDatabase } from './open-database.ts';

const DIE = fileURLToPath(new URL('../testing/die-in-migration.ts', import.meta.url));
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-killed-'));
  file = join(dir, 'server.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (migrations = allMigrations) =>
  openDatabase(`file:${file}`, { now: MORNING, onFault: () => {}, migrations });
/** The schema as text, and the completed migrations. */
function look(): { schema: unknown[]; done: unknown[] } {
  const raw = new Sqlite(file, { readonly: true });
  const schema = raw.prepare('select sql from sqlite_schema where sql is not null order by type, name').pluck().all();
  const done = raw.prepare('select number from migrations order by number').pluck().all();
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  raw.close();
  return { schema, done };
}

const newest = allMigrations.at(-1)?.number;
for (const [i, { number, name }] of allMigrations.entries())
  it(`migration ${number} (${name}) is complete at the next start after a kill at any point`, async () => {
    await (await open()).close();
    const whole = look();
    // What a kill leaves depends on SQLite more than on the migration: every point for the newest, one for the others.
    for (const after of number === newest ? [0, 1, 3, 99] : [1]) {
      for (const left of readdirSync(dir)) rmSync(join(dir, left));
      if (i > 0) await (await open(allMigrations.slice(0, i))).close();
      const { signal, stderr } = spawnSync(process.execPath, [DIE, file, String(number), String(after)]);
      expect([signal, String(stderr)]).toEqual(['SIGKILL', '']);
      expect(look().done).toEqual(allMigrations.slice(0, i).map((migration) => migration.number));
      await (await open()).close();
      expect(look()).toEqual(whole);
    }
  }, 60_000);

it('the data of before a migration is in the database after it, and in the backup beside it', async () => {
  const service = await createService({
    databaseUrl: `file:${file}`,
    adminToken: null,
    log: { info() {}, warn() {}, error() {} },
  });
  const shop = await makeShop(service);
  const order = await shop.place();
  await service.close();
  const raw = new Sqlite(file);
  raw.exec('drop table escalations; delete from migrations where number = 2; pragma application_id = 0');
  raw.close();
  expect(spawnSync(process.execPath, [DIE, file, '2', '1']).signal).toBe('SIGKILL');
  await (await open()).close();
  const orders = (name: string) => {
    const copy = new Sqlite(join(dir, name), { readonly: true });
    const ids = copy.prepare('select id from orders').pluck().all();
    copy.close();
    return ids;
  };
  const copies = readdirSync(dir).filter((name) => /before-migration-2\.[^-]+-[^-]+-[^-]+-[^-]+-[\d.]+Z$/.test(name));
  expect(copies.length).toBeGreaterThan(0);
  for (const name of ['server.db', ...copies]) expect(orders(name)).toEqual([order.id]);
});
