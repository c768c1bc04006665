import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
import { until } from '#test/support/until.ts';
import { makeStore, type RunningServer, type RunOptions, runServer } from './run-server.ts';

let dir: string;
let file: string;
const servers: RunningServer[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-damage-'));
  file = join(dir, 'server.db');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

function run(options?: RunOptions): RunningServer {
  const server = runServer(file, options);
  servers.push(server);
  return server;
}
/** A database with a shop and a few hundred orders, closed cleanly. */
let image: Buffer | null = null;
async function filled(): Promise<void> {
  if (image) return writeFileSync(file, image);
  const server = run();
  const api = await server.api();
  const { web } = await makeStore(api);
  const place = () => api('POST', '/orders', { token: web.token, body: orderDraft({ note: 'x'.repeat(1_500) }) });
  for (let i = 0; i < 4; i++) await Promise.all(Array.from({ length: 60 }, place));
  await server.stop();
  image = readFileSync(file);
}
/** Asserts that the server exits with 1 and one sentence, and leaves the file unchanged. */
async function expectSentence(server: RunningServer, sentence: RegExp): Promise<void> {
  const before = readFileSync(file);
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(/^the database \S+server\.db cannot be used: [^\n]+\n$/);
  expect(server.output()).toMatch(sentence);
  expect(readFileSync(file).equals(before)).toBe(true);
}

describe('a second server on the same file', () => {
  it('ends with a sentence, also under another name of the file; the first continues', async () => {
    const first = run();
    const api = await first.api();
    await makeStore(api);
    symlinkSync(dir, `${dir}-link`);
    onTestFinished(() => rmSync(`${dir}-link`));
    symlinkSync(file, join(dir, 'link.db'));
    // At the same time, because each waits some seconds for the lock.
    const others = [file, join(dir, 'link.db'), join(`${dir}-link`, 'server.db')].map((name) => runServer(name));
    servers.push(...others);
    for (const other of others) {
      expect(await other.exit).toBe(1);
      expect(other.output()).toMatch(/another process is using it; stop that one first/);
    }
    expect((await api('GET', '/stores')).json.stores).toHaveLength(1);
    expect((await api('POST', '/orders', { body: { ...orderDraft(), storeId: 'main' } })).status).toBe(201);
    await first.stop('SIGKILL');
    expect((await (await run().api())('GET', '/orders')).json.orders).toHaveLength(1);
  }, 60_000);

  it('refuses writes as unavailable while another program locks the file, then recovers', async () => {
    const api = await run().api();
    await makeStore(api);
    const intruder = new Sqlite(file);
    intruder.exec('begin immediate');
    const body = { ...orderDraft(), storeId: 'main' };
    const refused = await api('POST', '/orders', { body });
    expect([refused.status, refused.json.error.code]).toEqual([503, 'unavailable']);
    const words = 'the database is in trouble: another process is using it';
    await until('its log says why', () => servers[0]?.output().includes(words), 5_000);
    intruder.exec('rollback');
    intruder.close();
    expect((await api('POST', '/orders', { body })).status).toBe(201);
  }, 60_000);
});

describe('a damaged file', () => {
  it('is detected even in the middle, which a start does not read', async () => {
    await filled();
    const handle = openSync(file, 'r+');
    const { size } = statSync(file);
    for (let at = 200_000; at < size - 100_000; at += 40_960)
      writeSync(handle, Buffer.alloc(4_096, 0x5a), 0, 4_096, at);
    closeSync(handle);
    await expectSentence(run(), /it is damaged or no database; put a backup in its place/);
  }, 60_000);

  it('is detected when it is truncated', async () => {
    await filled();
    const half = readFileSync(file).subarray(0, Math.floor(statSync(file).size / 2 / 4_096) * 4_096);
    const handle = openSync(file, 'w');
    writeSync(handle, half);
    closeSync(handle);
    await expectSentence(run(), /it is damaged or no database; put a backup in its place/);
  }, 60_000);

  it('is detected when it is not a database', async () => {
    const handle = openSync(file, 'w');
    writeSync(handle, 'dear diary, '.repeat(1_000));
    closeSync(handle);
    await expectSentence(run(), /it is damaged or no database; put a backup in its place/);
  }, 60_000);
});

describe('a backup', () => {
  it('beside the log of another state: the start ends with what to delete, and then succeeds', async () => {
    await filled();
    const backup = join(dir, 'backup.db');
    const raw = new Sqlite(file);
    raw.exec(`delete from changes where seq % 2 = 0; vacuum into '${backup}'`);
    raw.close();
    writeFileSync(file, image ?? '');
    const server = run();
    const api = await server.api();
    for (let i = 0; i < 30; i++) await api('POST', '/orders', { body: { ...orderDraft(), storeId: 'main' } });
    await server.stop('SIGKILL');
    copyFileSync(backup, file);
    const refused = run();
    expect(await refused.exit).toBe(1);
    expect(refused.output()).toMatch(/put a backup in its place after you delete the -wal and -shm files beside it/);
    for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
    copyFileSync(backup, file);
    expect((await (await run().api())('GET', '/orders?limit=200')).json.orders).toHaveLength(200);
  }, 90_000);
});

describe('a read-only file', () => {
  const root = process.getuid?.() === 0;
  it('ends the start with a sentence, whether the file or its folder is read-only', async () => {
    // Nobody cannot write into root's cache of compiled modules.
    const cache = mkdtempSync(join(tmpdir(), 'ticketrail-compiled-'));
    onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
    chmodSync(cache, 0o777);
    /** Root can write anything, so a test run as root starts the server as nobody. */
    const asNobody = () => run(root ? { uid: 65_534, env: { NODE_COMPILE_CACHE: cache } } : {});
    await filled();
    chmodSync(dir, 0o777);
    for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o666);
    chmodSync(file, 0o444);
    await expectSentence(asNobody(), /it may only be read; give this user the right to write the file and its folder/);
    chmodSync(file, 0o666);
    rmSync(`${file}.lock`, { force: true });
    chmodSync(dir, 0o555);
    await expectSentence(asNobody(), /its folder must be there, and this user must have the right to write in it/);
    chmodSync(dir, 0o777);
    expect((await (await asNobody().api())('GET', '/orders?limit=200')).json.orders).toHaveLength(200);
  }, 90_000);
});
