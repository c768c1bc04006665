import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHostKey } from './host-key.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'key-')), 'data');

test('keeps the key over a restart, so tablets stay paired (contract, section 1)', async () => {
  const dir = folder();
  const key = await readHostKey(dir);
  expect(await readHostKey(dir)).toBe(key);
  expect(await readHostKey(folder())).not.toBe(key);
});

test.skipIf(process.platform === 'win32')('makes the key file readable by its owner only', async () => {
  const dir = folder();
  await readHostKey(dir);
  expect(statSync(join(dir, 'host-key')).mode & 0o777).toBe(0o600);
});

test('replaces a damaged key', async () => {
  const dir = folder();
  const key = await readHostKey(dir);
  writeFileSync(join(dir, 'host-key'), key.slice(0, 5));
  const fresh = await readHostKey(dir);
  expect(fresh).not.toBe(key);
  expect(readFileSync(join(dir, 'host-key'), 'utf8').trim()).toBe(fresh);
});
