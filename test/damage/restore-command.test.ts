import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import type { AskServer } from '#test/support/ask-server.ts';
import { freePort } from '#test/support/free-port.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { startRealDisplay } from '#test/support/real-display.ts';
import { runScript } from '#test/support/run-script.ts';
import { until } from '#test/support/until.ts';
import { makeStore, runServer } from './run-server.ts';

const ends: (() => Promise<void> | void)[] = [];
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-restore-'));
  file = join(dir, 'server.db');
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const run = (script: string, name: string) =>
  runScript(`scripts/${script}.ts`, [join(dir, name)], { DATABASE_URL: `file:${file}` });
function start(port: number) {
  const server = runServer(file, { port });
  ends.push(() => server.stop('SIGKILL'));
  return server;
}
const place = async (api: AskServer): Promise<Order> =>
  (await api('POST', '/orders', { body: { ...orderDraft(), storeId: 'main' } })).json;
const kept = () => readdirSync(dir).filter((name) => name.includes('.replaced-') && !/-(wal|shm)$/.test(name));
const countIn = (database: string): unknown => {
  const db = new Sqlite(database, { readonly: true });
  const count = db.prepare('select count(*) from orders').pluck().get();
  db.close();
  return count;
};

it('[S1, S2, C3] after a rehearsed restore displays start over, and no tap is lost, answered or queued', async () => {
  const port = await freePort();
  let server = start(port);
  let api = await server.api();
  const { kitchen } = await makeStore(api);
  const display = await startRealDisplay({ serverUrl: await server.listening(), token: kitchen.token });
  ends.push(() => display.remove());
  const { screen } = display;
  const acknowledged = await Promise.all(Array.from({ length: 6 }, () => place(api)));
  expect(await run('backup', 'backup.db')).toMatchObject({ code: 0, err: '' });
  expect(await run('restore', 'backup.db')).toMatchObject({ code: 2, err: expect.stringContaining('stop it first') });

  const later = await place(api);
  await until('it has all', () => screen.tickets().length === 7, 20_000);
  const [answered, queued] = [acknowledged.slice(0, 3), acknowledged.slice(3)];
  const bump = ({ id }: Order) => screen.bump(id, 'pending', 'preparing');
  const isMoved = async ({ id }: Order) => (await api('GET', `/orders/${id}`)).json.status === 'preparing';
  const areMoved = (orders: Order[]) => async () => (await Promise.all(orders.map(isMoved))).every(Boolean);
  for (const order of answered) expect(await bump(order)).toMatchObject({ ok: true });
  await until('the taps have their effect', areMoved(answered), 20_000);
  // Its log is left behind.
  await server.stop('SIGKILL');
  for (const order of queued) expect(await bump(order)).toMatchObject({ ok: true });

  const epochs = (database: string) => {
    const db = new Sqlite(database, { readonly: true });
    const epoch = db.prepare('select epoch from store_logs').pluck().get();
    db.close();
    return epoch;
  };
  expect(await run('restore', 'backup.db')).toMatchObject({ code: 0, err: '' });
  expect(epochs(file)).not.toBe(epochs(join(dir, 'backup.db')));
  expect(kept()).toHaveLength(1);
  expect(countIn(join(dir, kept()[0] ?? ''))).toBe(7);

  server = start(port);
  api = await server.api();
  for (const { id } of acknowledged) expect((await api('GET', `/orders/${id}`)).status).toBe(200);
  expect((await api('GET', `/orders/${later.id}`)).status).toBe(404);
  await display.display.call('refresh', null);
  await until('it starts over', () => screen.status().troubles.includes('server_restored'), 60_000);
  await until('every tap has its effect', areMoved(acknowledged), 30_000);
  await until('every tap is answered', () => screen.status().queueCount === 0, 20_000);
  await until('it shows what the server has', () => screen.tickets().length === 6, 20_000);
}, 120_000);

it('takes the place of a damaged database and its log, which are kept', async () => {
  const server = start(await freePort());
  const api = await server.api();
  await makeStore(api);
  await place(api);
  expect(await run('backup', 'backup.db')).toMatchObject({ code: 0 });
  await place(api);
  await server.stop('SIGKILL');
  for (const part of ['', '-wal']) writeFileSync(file + part, 'rubbish '.repeat(2_000));
  expect(await run('restore', 'backup.db')).toMatchObject({ code: 0, err: '' });
  expect(countIn(file)).toBe(1);
  const [old = ''] = kept();
  for (const part of ['', '-wal']) expect(readFileSync(join(dir, old + part), 'utf8')).toMatch(/^rubbish/);
});
