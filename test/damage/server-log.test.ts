import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Order } from '#contract/order.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { until } from '#test/support/until.ts';
import { makeStore, runServer } from './run-server.ts';

const CHECK = join(import.meta.dirname, '../../scripts/check.ts');

/** A server's database with orders, each acknowledged, as kill -9 leaves it: all of them are in the write-ahead log. */
async function killedServer(orders: number) {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'server.db');
  const run = () => {
    const server = runServer(file);
    onTestFinished(() => server.stop('SIGKILL'));
    return server;
  };
  const first = run();
  const api = await first.api();
  const { web } = await makeStore(api);
  for (let n = 0; n < orders; n++)
    expect((await api('POST', '/orders', { token: web.token, body: orderDraft() })).status).toBe(201);
  await first.stop('SIGKILL');
  return { dir, file, run };
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const index = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(index) ^ 4, index);
  writeFileSync(file, bytes);
}

const check = (...args: string[]): Promise<{ code: unknown; said: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [CHECK, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    ),
  );

it('a damaged log: the server does not start and says how to go on; repaired, it has what could be read', async () => {
  const { dir, file, run } = await killedServer(20);
  const middle = Math.floor(readFileSync(`${file}-wal`).length * 0.8);
  flip(`${file}-wal`, middle);
  const wal = readFileSync(`${file}-wal`);

  const refused = run();
  expect(await refused.exit).toBe(1);
  expect(refused.output()).toMatch(
    /cannot be used: its log \S+server\.db-wal is damaged, .+ npm run check -- --repair/,
  );
  expect(readFileSync(`${file}-wal`).equals(wal)).toBe(true);
  expect(await check(file)).toMatchObject({ code: 1, said: expect.stringContaining('the log is damaged') });

  expect(await check('--repair', file)).toMatchObject({ code: 0, said: expect.stringContaining('can be read') });
  const kept = readdirSync(dir).find((name) => /\.damaged-\d+-wal$/.test(name)) ?? '';
  expect(readFileSync(join(dir, kept)).equals(wal)).toBe(true);
  const { orders } = (await (await run().api())('GET', '/orders?limit=200')).json as { orders: Order[] };
  expect(orders.length).toBeGreaterThan(0);
  expect(orders.length).toBeLessThan(20);
}, 60_000);

it('a last transaction that cannot be read: the server starts and says so', async () => {
  const { file, run } = await killedServer(3);
  flip(`${file}-wal`, -100);
  const server = run();
  await server.listening();
  await until('its log says so', () => server.output().includes('its last transaction cannot be read'), 5_000);
}, 60_000);

it('npm run check refuses to repair what a server uses', async () => {
  const { file, run } = await killedServer(1);
  await run().listening();
  expect(await check('--repair', file)).toMatchObject({ code: 2, said: expect.stringContaining('stop it first') });
  expect(await check(file)).toMatchObject({ code: 0 });
}, 60_000);
