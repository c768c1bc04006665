import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandRow } from '#core/stores.ts';
import { anOrder } from '#test/support/an-order.ts';
import { nodeStorage } from './node-storage.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-mend-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const storage = () => nodeStorage(dir, { info() {}, warn() {}, error() {} });
const command = (n: number): Omit<CommandRow, 'id'> => ({
  commandId: `command-${n}`,
  orderId: `order-${n}`,
  intent: { type: 'acknowledge', payload: {} },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  answer: n < 3 ? { outcome: 'applied', seq: n, epoch: 'e', at: 1 } : null,
});
function writeQueue(): void {
  const { store } = storage().openQueue();
  for (let n = 0; n < 6; n++) store.insert(command(n));
  store.setSettings({ volume: 0.5 });
  store.close();
}
function spoil(file: string, sql: string): void {
  const db = new Database(join(dir, file));
  db.exec(sql);
  db.close();
}
const names = () => readdirSync(dir).sort();

it('[R1] keeps the whole rows of a damaged queue, and a damaged tap as one that cannot be read', () => {
  writeQueue();
  spoil('queue.db', "UPDATE commands SET command_id = 'garbage ' || id WHERE order_id IN ('order-1', 'order-4')");
  const { store, setAside } = storage().openQueue();
  expect(store.unsettled(null, 0).map(({ orderId, intent }) => [orderId, intent?.type])).toEqual([
    ['order-3', 'acknowledge'],
    ['order-4', undefined],
    ['order-5', 'acknowledge'],
  ]);
  const answered = store.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 9 });
  expect(answered.map(({ commandId }) => commandId)).toEqual(['command-2', 'command-0']);
  expect(store.settings()).toEqual({ volume: 0.5 });
  store.close();
  expect(existsSync(setAside ?? '')).toBe(true);
  const again = storage().openQueue();
  expect([again.setAside, again.store.unsettled(null, 0).length]).toEqual([null, 3]);
  again.store.close();
});

it.each([
  ['a column', 'payload', 'paylgad'],
  ['the case of a column', 'payload', 'payLoad'],
  ['a table', 'commands', 'commandz'],
  ['a condition', "'rejected'", "'rejectet'"],
])('[R1] keeps all taps of a queue whose schema is damaged in %s', (_, is, was) => {
  writeQueue();
  const db = new Database(join(dir, 'queue.db')).unsafeMode();
  db.pragma('writable_schema = ON');
  db.prepare(
    'UPDATE sqlite_schema SET sql = replace(sql, :is, :was), name = replace(name, :is, :was), tbl_name = replace(tbl_name, :is, :was)',
  ).run({ is, was });
  db.close();
  const { store, setAside } = storage().openQueue();
  expect(setAside).not.toBeNull();
  expect(store.unsettled(null, 0).map(({ orderId, intent }) => [orderId, intent?.type])).toEqual(
    [3, 4, 5].map((n) => [`order-${n}`, 'acknowledge']),
  );
  expect(store.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 9 })).toHaveLength(3);
  expect(store.settings()).toEqual({ volume: 0.5 });
  store.close();
});

it('[C3] no damage to the log brings back an answer that was taken back', () => {
  writeQueue();
  const { store } = storage().openQueue();
  const [answered] = store.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 1 });
  store.setAnswer(answered?.id ?? 0, null);
  store.settle();
  store.setSettings({ volume: 1 });
  const [file, log] = ['', '-wal'].map((part) => readFileSync(join(dir, `queue.db${part}`)));
  store.close();
  writeFileSync(join(dir, 'queue.db'), file ?? '');
  log?.writeUInt8(log.readUInt8(200) ^ 1, 200);
  writeFileSync(join(dir, 'queue.db-wal'), log ?? '');
  const again = storage().openQueue();
  expect(again.setAside).not.toBeNull();
  expect(again.store.unsettled(null, 0).map(({ commandId }) => commandId)).toContain(answered?.commandId);
  again.store.close();
});

it('[R1] keeps the whole orders of a damaged cache, without its position, so that the server sends all again', () => {
  const { store } = storage().openCache();
  for (const id of ['a', 'b']) store.put(anOrder({ id }));
  store.setPosition({ epoch: 'e', cursor: 2, hash: 'h' });
  store.close();
  spoil('cache.db', "UPDATE orders SET version = 7 WHERE id = 'a'");
  const { store: mended, rebuilt } = storage().openCache();
  expect([rebuilt, mended.open().map(({ id }) => id), mended.position().epoch]).toEqual([true, ['b'], null]);
  expect(mended.search({ texts: ['117'], before: null, limit: 9 })).toHaveLength(1);
  mended.close();
  expect(names()).toEqual(['cache.db']);
});

it('[R1] completes what a killed start had begun, and reports it', () => {
  writeQueue();
  spoil('queue.db', "UPDATE settings SET body = '{}'");
  const first = storage().openQueue();
  first.store.close();
  // As if it had been killed between moving the damaged file away and putting the mended one in its place.
  renameSync(join(dir, 'queue.db'), join(dir, 'queue.db.mended'));
  const { store, setAside } = storage().openQueue();
  expect([setAside === null, store.unsettled(null, 0).length, store.settings()]).toEqual([false, 3, null]);
  store.close();
});

it.each([
  ['the version', 63, 3],
  ['the mark beside it', 71, 3],
  ['the format for writing', 18, 3],
  ['the format of the schema', 47, 0],
])('[R1] starts when a bit of the header is damaged: %s', (_, byte, kept) => {
  writeQueue();
  const file = join(dir, 'queue.db');
  const bytes = readFileSync(file);
  bytes[byte] = (bytes[byte] ?? 0) ^ 0x08;
  writeFileSync(file, bytes);
  const { store, setAside } = storage().openQueue();
  expect(setAside).not.toBeNull();
  expect(store.unsettled(null, 0)).toHaveLength(kept);
  store.close();
});
