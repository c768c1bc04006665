import type Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { checkedTables, checkRows } from './checked-tables.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { sqliteQueue } from './sqlite-queue.ts';

const corrupt = expect.objectContaining({ fault: 'corrupt' });
const open = (migrations: readonly string[]) => openDatabase({ file: ':memory:', migrations, synchronous: 'FULL' });
const counts = (db: Database.Database) =>
  Object.fromEntries(
    checkedTables(db).map((table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]),
  );

it('[R1] each row of the cache has its checksum, also after it was changed', () => {
  const db = open(CACHE_MIGRATIONS);
  const cache = sqliteCache(db);
  for (const version of [1, 2]) {
    const order = anOrder({ version, note: 'a lone surrogate \ud800, ครัว' });
    const { id: orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt } = order;
    const facts = { orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt };
    cache.put(order);
    cache.keepSeen(order);
    cache.keepFigureRow({ ...facts, startedAt: null, readyAt: null, recalls: version });
    cache.setPosition({ epoch: 'e', cursor: version, hash: 'h' });
    cache.setNote('store', { version });
    cache.addHistory([{ words: 'started', entry: { at: version, kind: 'display', what: 'started', count: null } }]);
  }
  const one = { orders: 1, position: 1, notes: 1, order_words: 1, figure_rows: 1, seen: 1 };
  expect(counts(db)).toEqual({ ...one, history: 2 });
  expect(() => checkRows(db)).not.toThrow();
  db.exec('UPDATE figure_rows SET recalls = 3');
  expect(() => checkRows(db)).toThrow(corrupt);
  cache.close();
});

it('[R1] each row of the queue has its checksum, also after it was changed', () => {
  const db = open(QUEUE_MIGRATIONS);
  const queue = sqliteQueue(db);
  const about = { commandId: 'c', orderId: 'o', baseVersion: 1, issuedAt: '2026-11-21T10:00:00.000Z', answer: null };
  const { id } = queue.insert({ ...about, intent: { type: 'acknowledge', payload: {} } });
  queue.setAnswer(id, { outcome: 'applied', seq: 3, epoch: 'e', at: 1 });
  queue.setIssuedAt(id, '2026-11-21T11:00:00.000Z');
  queue.redateAnswersAfter(0);
  expect(queue.answered({ since: 0, before: 9, limit: 9 })).toHaveLength(1);
  expect(queue.answered({ since: 1, before: 9, limit: 9 })).toEqual([]);
  queue.setIdentity({ tokenHash: 'ab', deviceId: null, deviceName: 'Küche' });
  queue.addFailedCommand({
    ...{ id: 'f', orderId: 'o', orderNumber: null, commandType: 'acknowledge', payload: {} },
    ...{ code: 'stale', message: '', issuedAt: 1, at: 1, order: null },
  });
  queue.claimAlerts(['o'], 1);
  queue.setSettings({ volume: 0.5 });
  queue.setNote('pin', { hash: 'x' });
  queue.addPrint({ printerId: 'p', request: 'accepted o', orderId: 'o', state: 'waiting', at: 1 });
  for (const { id: print } of queue.waitingPrints('p')) queue.setPrint(print, { state: 'sending', reprint: false });
  queue.recoverPrints();
  const one = { identity: 1, commands: 1, attention: 1, settings: 1, alerts: 1, notes: 1 };
  expect(counts(db)).toEqual({ ...one, prints: 1 });
  expect(() => checkRows(db)).not.toThrow();
  db.exec('UPDATE commands SET seq = 4');
  expect(() => checkRows(db)).toThrow(corrupt);
  queue.close();
});
