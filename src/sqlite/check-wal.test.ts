import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { checkWal, stateOf } from './check-wal.ts';
import { readWal } from './wal-frames.ts';

const HEADER = 32;
const FRAME = 24 + 4_096;

function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-wal-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A database as a kill leaves it: eight rows, each its own commit, in the log. */
function killedDatabase(prepare: (db: Sqlite.Database) => void = () => {}): { file: string; wal: Buffer } {
  const dir = scratch();
  const open = new Sqlite(join(dir, 'open.db'));
  open.pragma('journal_mode = WAL');
  open.exec('create table t (id integer primary key, text)');
  prepare(open);
  for (let id = 1; id <= 8; id++) open.prepare('insert into t values (?, ?)').run(id, `row ${id}`);
  const file = join(dir, 'killed.db');
  for (const part of ['', '-wal']) copyFileSync(join(dir, `open.db${part}`), file + part);
  open.close();
  return { file, wal: readFileSync(`${file}-wal`) };
}

const framesOf = (wal: Buffer): number => (wal.length - HEADER) / FRAME;

function flipped(wal: Buffer, bit: number): Buffer {
  const copy = Buffer.from(wal);
  const at = Math.floor(bit / 8);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at);
  return copy;
}

/** The rows that SQLite finds. */
function rowsIn(file: string): number {
  const copy = join(scratch(), 'read.db');
  for (const part of ['', '-wal']) copyFileSync(file + part, copy + part);
  const db = new Sqlite(copy);
  const rows = db.prepare('select count(*) from t').pluck().get() as number;
  db.close();
  return rows;
}

it('finds each flipped bit of the headers, and one in each hundred bytes of the pages', () => {
  const { file, wal } = killedDatabase();
  const lastCommit = HEADER + (framesOf(wal) - 1) * FRAME;
  const bits = Array.from({ length: wal.length * 8 }, (_, bit) => bit).filter((bit) => {
    const at = Math.floor(bit / 8) - HEADER;
    return at % FRAME < 24 || bit % 800 === 0;
  });
  for (const bit of bits) {
    const state = stateOf(readWal(flipped(wal, bit), 4_096));
    const inLastSize = Math.floor(bit / 32) * 4 === lastCommit + 4;
    // What is left of a commit at the end cannot tell that it had reached the disk.
    if (bit < (lastCommit - FRAME) * 8) expect({ bit, state }).toEqual({ bit, state: 'damaged' });
    else if (!inLastSize) expect({ bit, state }).not.toEqual({ bit, state: 'whole' });
  }
  writeFileSync(`${file}-wal`, flipped(wal, (HEADER + FRAME * 3 + 100) * 8));
  expect(rowsIn(file), 'SQLite alone loses rows without a word').toBeLessThan(8);
});

it('takes a log that is cut anywhere for an interrupted write', () => {
  const { file, wal } = killedDatabase();
  for (let length = 0; length <= wal.length; length += 211) {
    writeFileSync(`${file}-wal`, wal.subarray(0, length));
    expect({ length, state: checkWal(file) }).toEqual({ length, state: 'whole' });
  }
});

it('takes frames of an earlier round, and those of a transaction that never ended, for what they are', () => {
  const { file } = killedDatabase((db) => {
    for (let id = 100; id < 160; id++) db.prepare('insert into t values (?, ?)').run(id, 'x'.repeat(3_000));
    db.pragma('wal_checkpoint(RESTART)');
    db.pragma('cache_size = 5');
    db.exec('begin');
    for (let id = 200; id < 240; id++) db.prepare('insert into t values (?, ?)').run(id, 'y'.repeat(3_000));
    db.exec('rollback');
  });
  expect(checkWal(file)).toBe('whole');
  expect(rowsIn(file)).toBe(68);
});

it('reports nothing after kills under load', async () => {
  for (let round = 0; round < 5; round++) {
    const file = join(scratch(), 'killed.db');
    const child = spawn(process.execPath, ['-e', WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await sleep(20 + round * 13);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(checkWal(file)).toBe('whole');
  }
});

it('has nothing to say of a database without a log, or of none', () => {
  const file = join(scratch(), 'none.db');
  expect(checkWal(file)).toBe('whole');
  new Sqlite(file).exec('create table t (id)').close();
  expect(checkWal(file)).toBe('whole');
});

const WRITER = `
  const db = require('better-sqlite3')(process.argv[1]);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('cache_size = 10');
  db.exec('create table t (id integer primary key, text)');
  console.log('begun');
  for (let i = 0; ; i++) db.transaction(() => {
    for (let j = 0; j < i % 40; j++) db.prepare('insert into t (text) values (?)').run('x'.repeat(2000));
  })();
`;
