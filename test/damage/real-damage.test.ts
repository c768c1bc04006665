import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryEntry, HistoryPage } from '#contract/history.ts';
import { freePort } from '../support/free-port.ts';
import { orderDraft } from '../support/order-draft.ts';
import { type RealDisplay, startRealDisplay } from '../support/real-display.ts';
import { startServer, type TestServer, type TestStore } from '../support/server.ts';
import { until } from '../support/until.ts';

/** Damages real files of a real display and a real server, and checks what the screen reports. */

let server: TestServer;
let store: TestStore;
let port: number;
let display: RealDisplay;
let dir: string;
beforeEach(async () => {
  port = await freePort();
  server = await startServer({ PORT: String(port) });
  dir = server.dir;
  store = await server.makeStore();
  display = await startRealDisplay({ serverUrl: server.url, token: store.display.token });
  await live();
});
afterEach(async () => {
  await display.remove();
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const live = () => until('live', () => display.screen.link() === 'live', 20_000, 10);
const troubles = () => display.screen.status().troubles;
async function place(): Promise<string> {
  const made = await server.api('POST', '/orders', { token: store.integration.token, body: orderDraft() });
  const { id } = made.json as { id: string };
  await until('the ticket', () => display.screen.ticket(id), 10_000, 10);
  return id;
}
async function answered(): Promise<void> {
  await until('an answer', () => display.screen.status().queueCount === 0, 10_000, 10);
}
async function history(kind: HistoryEntry['kind']): Promise<HistoryEntry[]> {
  const page = await display.display.call('getHistory', { limit: 100, kinds: [kind] });
  return page.ok ? (page.value as HistoryPage).entries : [];
}
const statusOf = async (id: string) => ((await server.api('GET', `/orders/${id}`)).json as { status: string }).status;

/** Changes a file of the stopped display, as a disk that returns something else than was written. */
function spoil(file: string, sql: string, ...values: unknown[]): void {
  const db = new Sqlite(join(display.dir, file));
  db.prepare(sql).run(...values);
  db.close();
}

it('[R1] shows all but a damaged order while offline, and says so; then fetches it again', async () => {
  const [whole, damaged] = [await place(), await place()];
  await display.stop();
  await server.stop();
  spoil('cache.db', `UPDATE orders SET body = json_set(body, '$.number', '999') WHERE id = ?`, damaged);
  display = await startRealDisplay(null, display.dir);
  expect(troubles()).toEqual(['cache_rebuilt']);
  expect(display.screen.tickets().map(({ order }) => order.id)).toEqual([whole]);
  server = await startServer({ PORT: String(port) }, dir);
  await live();
  expect(display.screen.tickets()).toHaveLength(2);
  expect(display.screen.ticket(damaged)?.order.number).not.toBe('999');
  await until('no longer reported', () => troubles().length === 0, 5_000, 10);
});

it('[R1] reports damaged taps by their order at once, and sends the others', async () => {
  const ids = [await place(), await place(), await place(), await place()];
  await server.stop();
  for (const id of ids) expect(await display.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
  await display.stop();
  const [first, second, third, last] = ids;
  spoil('queue.db', `UPDATE commands SET command_id = 'garbage' WHERE order_id = ?`, first);
  spoil('queue.db', `UPDATE commands SET issued_at = 'garbage' WHERE order_id = ?`, second);
  spoil(
    'queue.db',
    `UPDATE commands SET payload = replace(payload, 'preparing', 'cancelled') WHERE order_id = ?`,
    third,
  );
  display = await startRealDisplay(null, display.dir);
  const { failedCommands, queueCount } = display.screen.status();
  // All fail in the same moment, so in any order.
  expect(new Map(failedCommands.map(({ orderId, code }) => [orderId, code]))).toEqual(
    new Map([first, second, third].map((id) => [id, 'damaged'])),
  );
  expect(failedCommands).toHaveLength(3);
  expect(failedCommands[0]?.orderNumber).not.toBeNull();
  expect([queueCount, troubles()]).toEqual([1, ['queue_set_aside']]);
  server = await startServer({ PORT: String(port) }, dir);
  await live();
  await answered();
  expect(await Promise.all(ids.map(statusOf))).toEqual(['pending', 'pending', 'pending', 'preparing']);
  expect(display.screen.ticket(last ?? '')).toMatchObject({ pending: false });
});

it('rebuilds a corrupt cache from the server, reports it until that is done, and loses no order', async () => {
  const id = await place();
  await display.stop();
  writeFileSync(join(display.dir, 'cache.db'), 'garbage'.repeat(5_000));
  display = await startRealDisplay(null, display.dir);
  expect(troubles()).toContain('cache_rebuilt');
  await live();
  await until('no longer reported', () => troubles().length === 0, 5_000, 10);
  expect(display.screen.ticket(id)).toBeDefined();
  expect(await history('display')).toMatchObject([{ what: 'cache_rebuilt' }, { what: 'started' }]);
});

it('sets a corrupt queue aside and keeps it, reports it until dismissed, and applies the next tap', async () => {
  const id = await place();
  await display.stop();
  writeFileSync(join(display.dir, 'queue.db'), 'was a queue'.repeat(5_000));
  display = await startRealDisplay(null, display.dir);
  await live();
  expect(troubles()).toEqual(['queue_set_aside']);
  expect(readdirSync(display.dir).some((name) => name.startsWith('queue.db.damaged-'))).toBe(true);
  expect(await display.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
  await answered();
  expect(await statusOf(id)).toBe('preparing');
  expect(troubles()).toEqual(['queue_set_aside']);
  await display.display.call('dismissTrouble', { trouble: 'queue_set_aside' });
  await until('no longer reported', () => troubles().length === 0, 5_000, 10);
});

it('does not start a second display on the same folder; the first continues', async () => {
  await expect(startRealDisplay(null, display.dir)).rejects.toMatchObject({ fault: 'locked' });
  const id = await place();
  expect(await display.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
  await answered();
});

it('[C3] resends what a server restored from yesterday’s backup lost, and the screen says what happened', async () => {
  const id = await place();
  await server.stop();
  const files = readdirSync(dir).filter((name) => name.startsWith('server.db'));
  for (const file of files) copyFileSync(join(dir, file), join(dir, `backup-${file}`));
  server = await startServer({ PORT: String(port) }, dir);
  await live();

  expect(await display.screen.bump(id, 'pending', 'preparing')).toMatchObject({ ok: true });
  await answered();
  expect(await statusOf(id)).toBe('preparing');
  await server.stop();
  for (const file of readdirSync(dir)) if (file.startsWith('server.db')) rmSync(join(dir, file));
  for (const file of files) copyFileSync(join(dir, `backup-${file}`), join(dir, file));
  server = await startServer({ PORT: String(port) }, dir);
  await live();
  await answered();
  expect(await statusOf(id)).toBe('preparing');
  expect(display.screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'preparing' } });
  expect(troubles()).toEqual(['server_restored']);
  expect(await history('display')).toContainEqual(expect.objectContaining({ what: 'sent_again', count: 1 }));
  expect(await history('display')).toContainEqual(expect.objectContaining({ what: 'server_restored' }));
  expect((await history('snapshot'))[0]).toMatchObject({ reason: expect.stringMatching(/epoch|future|hash/) });
  await display.display.call('dismissTrouble', { trouble: 'server_restored' });
  await until('no longer reported', () => troubles().length === 0, 5_000, 10);
}, 60_000);
