import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { checkRows } from './checked-tables.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { sqliteQueue } from './sqlite-queue.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-scan-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Steps in which damage was found, of as many as a round of these few rows has at most. */
const round = (store: { mendNextRows(): boolean }): number =>
  Array.from({ length: 20 }, () => store.mendNextRows()).filter((found) => found).length;

it('[R1] finds a row of the cache that the disk changes while it is open, once', () => {
  const db = openDatabase({ file: join(dir, 'cache.db'), migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' });
  const cache = sqliteCache(db);
  // More than a step.
  for (let n = 0; n < 1_050; n++) cache.put(anOrder({ id: `order-${n}` }));
  cache.setPosition({ epoch: 'e', cursor: 2, hash: 'h' });
  expect(round(cache)).toBe(0);
  db.exec(`UPDATE orders SET version = 7 WHERE id = 'order-1040'; UPDATE position SET cursor = 3`);
  expect(round(cache)).toBe(2);
  expect([cache.versions().length, cache.get('order-1040'), cache.position().epoch]).toEqual([1_049, undefined, null]);
  expect(round(cache)).toBe(0);
  expect(() => checkRows(db)).not.toThrow();
  cache.setPosition({ epoch: 'e', cursor: 3, hash: 'h' });
  expect(cache.position().cursor).toBe(3);
  cache.close();
});

it('[R1] keeps a damaged tap as one that cannot be read, and a copy of the file as it was', () => {
  const db = openDatabase({ file: join(dir, 'queue.db'), migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' });
  const queue = sqliteQueue(db);
  for (const orderId of ['a', 'b'])
    queue.insert({
      ...{ commandId: `of ${orderId}`, orderId, intent: { type: 'acknowledge', payload: {} }, baseVersion: 1 },
      ...{ issuedAt: '2026-11-21T10:00:00.000Z', answer: null },
    });
  queue.setNote('pin', 1);
  db.exec(`UPDATE commands SET payload = '{"x":1}' WHERE order_id = 'a'; UPDATE notes SET key = 'day_end'`);
  expect(round(queue)).toBe(2);
  const rows = queue.unsettled(null, 0);
  expect(rows.map(({ orderId, intent }) => [orderId, intent?.type])).toEqual([
    ['a', undefined],
    ['b', 'acknowledge'],
  ]);
  expect(queue.note('day_end')).toBeNull();
  expect(readdirSync(dir).filter((name) => name.startsWith('queue.db.damaged-')).length).toBeGreaterThan(0);
  queue.close();
});
