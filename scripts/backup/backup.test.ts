import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeShop } from '#server/testing/shop.ts';
import { sqliteService } from '#server/testing/temp-service.ts';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import { runScript } from '#test/support/run-script.ts';
import { until } from '#test/support/until.ts';

const LOAD = join(import.meta.dirname, '../../server/src/testing/write-until-killed.ts');
const ends: (() => Promise<void> | void)[] = [];
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-backup-'));
  file = join(dir, 'server.db');
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const runBackup = (to: string, from = file) => runScript('scripts/backup.ts', [to], { DATABASE_URL: `file:${from}` });
const idsIn = (database: string): Set<string> => {
  const db = new Sqlite(database, { readonly: true });
  const ids = db.prepare<[], string>('select id from orders').pluck().all();
  db.close();
  return new Set(ids);
};

it('a backup of a server under load has everything that was acknowledged before it began', async () => {
  const child = spawn(process.execPath, [LOAD, file, 'shop'], { stdio: ['ignore', 'pipe', 'inherit'] });
  endWithStarter(child);
  ends.push(async () => {
    child.kill('SIGKILL');
  });
  let lines = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (lines += text));
  const acknowledged = () => [...lines.matchAll(/^order (\S+) \d+$/gm)].map(([, id = '']) => id);
  for (const name of ['one.db', 'two.db']) {
    const before = acknowledged().length;
    await until('orders were acknowledged', () => acknowledged().length > before + 50, 20_000);
    const known = acknowledged();
    const { code, out, err } = await runBackup(join(dir, name));
    expect(err).toBe('');
    expect(out).toContain('a whole copy');
    expect(code).toBe(0);
    const ids = idsIn(join(dir, name));
    expect(known.filter((id) => !ids.has(id))).toEqual([]);
    expect(acknowledged().length).toBeGreaterThan(known.length);
  }
}, 60_000);

it('is one file that only its owner can read', async () => {
  const temp = await sqliteService();
  ends.push(() => temp.dispose());
  await makeShop(temp.service);
  const to = join(dir, 'backup.db');
  expect((await runBackup(to, temp.file)).code).toBe(0);
  expect(readdirSync(dir)).toEqual(['backup.db']);
  if (process.platform !== 'win32') expect(statSync(to).mode & 0o077).toBe(0);
});

it('never overwrites a file', async () => {
  const temp = await sqliteService();
  ends.push(() => temp.dispose());
  const to = join(dir, 'backup.db');
  writeFileSync(to, 'yesterday');
  const { code, err } = await runBackup(to, temp.file);
  expect(err).toContain('exists already');
  expect(code).toBe(2);
  expect(readFileSync(to, 'utf8')).toBe('yesterday');
});

it('says that the database is damaged, and leaves no copy', async () => {
  const temp = await sqliteService();
  ends.push(() => temp.dispose());
  const { place } = await makeShop(temp.service);
  await place();
  await temp.service.close();
  new Sqlite(temp.file).exec('update orders set total_minor = 1').close();
  const to = join(dir, 'backup.db');
  const { code, err } = await runBackup(to, temp.file);
  expect(err).toContain('1 damaged in orders');
  expect(code).toBe(1);
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

it('says that there is no database', async () => {
  const { code, err } = await runBackup(join(dir, 'backup.db'));
  expect(err).toContain(`there is no database ${file}`);
  expect(code).toBe(2);
});
