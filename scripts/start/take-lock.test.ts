import { spawnSync } from 'node:child_process';
import { mkdtempSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from './take-lock.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'start.lock');
const BOARD = 'http://127.0.0.1:4320/?key=k';

function take(path: string) {
  const taken = takeLock(path);
  if (!('lock' in taken)) throw new Error('not taken');
  return taken.lock;
}

test('returns the note of the holder to the second caller', () => {
  const path = file();
  const lock = take(path);
  expect(takeLock(path)).toEqual({ heldBy: { pid: process.pid, note: null } });
  lock.note(BOARD);
  expect(takeLock(path)).toEqual({ heldBy: { pid: process.pid, note: BOARD } });
  lock.release();
  take(path).release();
});

test.skipIf(process.platform === 'win32')('only its owner can read it', () => {
  const path = file();
  const lock = take(path);
  lock.note(BOARD);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  lock.release();
});

test('ignores the lock of a process that has ended', () => {
  const path = file();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, JSON.stringify({ pid, note: BOARD }));
  take(path).release();
});

test('ignores the lock of a reused process id that does not touch it', () => {
  const path = file();
  writeFileSync(path, JSON.stringify({ pid: process.pid, note: BOARD }));
  const long = new Date(Date.now() - 120_000);
  utimesSync(path, long, long);
  take(path).release();
});

test('ignores a damaged lock', () => {
  const path = file();
  writeFileSync(path, '{"pid":');
  take(path).release();
});
