import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-db-'));
  file = join(dir, 'some.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const MIGRATIONS = ['CREATE TABLE t (x INTEGER NOT NULL) STRICT'];
const open = (migrations: readonly string[] = MIGRATIONS, synchronous: 'FULL' | 'NORMAL' = 'FULL') =>
  openDatabase({ file, migrations, synchronous });
const fault = (kind: string) => expect.objectContaining({ fault: kind });

it('[C1] uses WAL with synchronous=FULL, read back after a write, also when opened again', () => {
  for (const _ of [1, 2]) {
    const db = open();
    db.prepare('INSERT INTO t VALUES (1)').run();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('fullfsync', { simple: true })).toBe(1);
    db.close();
  }
});

it('refuses with `locked` a file that another process has open', () => {
  const db = open();
  const script = `import { openDatabase } from '#adapters/open-database.ts';
    try { openDatabase({ file: ${JSON.stringify(file)}, migrations: [], synchronous: 'FULL' }); console.log('opened'); }
    catch (error) { console.log(error.fault); }`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(output.trim()).toBe('locked');
  db.close();
});

it('reports `corrupt` for a file that is no database', () => {
  writeFileSync(file, 'this is not a database, it only has the name of one'.repeat(100));
  expect(() => open()).toThrow(fault('corrupt'));
});

it('detects an overwritten page in the middle', () => {
  const db = open();
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  db.transaction(() => {
    for (let i = 0; i < 20_000; i++) insert.run(i);
  })();
  db.close();
  const script = `import { openSync, writeSync } from 'node:fs';
    writeSync(openSync(${JSON.stringify(file)}, 'r+'), Buffer.alloc(4096, 0xa5), 0, 4096, 8 * 4096);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script]);
  expect(() => open()).toThrow(fault('corrupt'));
});

it('detects a damaged schema that is valid', () => {
  const migrations = ["CREATE TABLE t (x TEXT CHECK (x IN ('applied', 'rejected'))) STRICT"];
  open(migrations).close();
  const raw = new Database(file);
  raw.unsafeMode().pragma('writable_schema = ON');
  raw.exec("UPDATE sqlite_schema SET sql = replace(sql, 'rejected', 'rejectet')");
  raw.close();
  expect(() => open(migrations)).toThrow(fault('corrupt'));
});

it('migrates in order, once, after a backup of the file', () => {
  const first = open();
  first.prepare('INSERT INTO t VALUES (1)').run();
  first.close();
  const next = [...MIGRATIONS, 'ALTER TABLE t ADD COLUMN y INTEGER NOT NULL DEFAULT 7'];
  for (const _ of [1, 2]) {
    const db = open(next);
    expect(db.prepare('SELECT x, y FROM t').all()).toEqual([{ x: 1, y: 7 }]);
    db.close();
  }
  expect(readdirSync(dir).filter((name) => name.includes('before-2'))).toHaveLength(1);
});

it('leaves the database unchanged if a migration fails', () => {
  open().close();
  expect(() => open([...MIGRATIONS, 'CREATE TABLE u (x) STRICT; nonsense'])).toThrow();
  const db = open();
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  db.close();
});

it('refuses a database of a newer version', () => {
  open([...MIGRATIONS, 'CREATE TABLE u (x INTEGER) STRICT']).close();
  expect(() => open()).toThrow(/newer version/);
});
