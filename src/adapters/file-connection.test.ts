import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileConnection } from './file-connection.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-connection-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const here = { serverUrl: 'http://127.0.0.1:4310', token: 'secret' };

it('is null without a file, and for an invalid one', async () => {
  expect(await fileConnection(dir).read()).toBeNull();
  for (const text of ['', '{', '[]', 'null', '{"serverUrl":1,"token":"x"}']) {
    writeFileSync(join(dir, 'connection.json'), text);
    expect(await fileConnection(dir).read()).toBeNull();
  }
});

it('stores server and token for the next start', async () => {
  await fileConnection(join(dir, 'new', 'folder')).write(here);
  expect(await fileConnection(join(dir, 'new', 'folder')).read()).toEqual(here);
});

it.skipIf(process.platform === 'win32')('is readable by its owner only', async () => {
  await fileConnection(dir).write(here);
  expect(statSync(join(dir, 'connection.json')).mode & 0o777).toBe(0o600);
});

it('replaces the file atomically: concurrent writers leave one valid file and no temporary ones', async () => {
  const store = fileConnection(dir);
  await Promise.all(Array.from({ length: 20 }, (_, i) => store.write({ ...here, token: `secret-${i}` })));
  expect(JSON.parse(readFileSync(join(dir, 'connection.json'), 'utf8')).token).toMatch(/^secret-\d+$/);
  expect(readdirSync(dir)).toEqual(['connection.json']);
});
