import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import type { MemoryStorage } from './testing/memory-storage.ts';
import { createTestHarness } from './testing/test-harness.ts';

/** [R1] Rows that the disk changes while the display runs. */

/** Longer than a round through all rows, ms: a table a minute. */
const ROUND_MS = 8 * 60_000;

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('token-1');
  await one.start();
  const order = harness.server.place();
  await harness.pass(1_000);
  return { ...harness, one, order };
}

function damage({ disk }: MemoryStorage['cache'] | MemoryStorage['queue'], sql: string): void {
  const db = new Database(disk.image());
  db.exec(sql);
  disk.restore(db.serialize());
  db.close();
}

it('a damaged order is fetched again, and stays on the screen until then', async () => {
  const { one, order, pass } = await openHarness();
  const versions = one.storage.cache.store.versions();
  one.network.setCable('cut');
  await pass(20_000);
  damage(one.storage.cache, `UPDATE orders SET body = replace(body, '"priority":false', '"priority":true ')`);
  await pass(ROUND_MS);
  expect(one.screen.status().troubles).toEqual(['cache_rebuilt']);
  expect(one.screen.tickets().map((ticket) => [ticket.order.id, ticket.order.priority])).toEqual([[order, false]]);
  one.network.setCable('whole');
  await pass(ROUND_MS);
  expect(one.screen.status().troubles).toEqual([]);
  expect(one.screen.link()).toBe('live');
  expect(one.storage.cache.store.versions()).toEqual(versions);
});

it('[C4] a damaged tap is reported by its order and not sent', async () => {
  const { one, order, pass } = await openHarness();
  one.network.setCable('cut');
  await one.screen.bump(order, 'pending', 'preparing');
  damage(one.storage.queue, `UPDATE commands SET payload = replace(payload, 'preparing', 'ready')`);
  await pass(ROUND_MS);
  expect(one.screen.status()).toMatchObject({
    queueCount: 0,
    troubles: ['queue_set_aside'],
    failedCommands: [{ orderId: order, code: 'damaged' }],
  });
  one.network.setCable('whole');
  await pass(ROUND_MS);
  expect(one.screen.tickets().map((ticket) => ticket.order.status)).toEqual(['pending']);
});

it('a damaged order that is no longer JSON ends nothing: its change waits until it was fetched again', async () => {
  const { one, order, server, pass } = await openHarness();
  damage(one.storage.cache, `UPDATE orders SET body = replace(body, '{"id"', '["id"')`);
  server.change(order, { note: 'no onions' });
  await pass(2 * ROUND_MS);
  expect(one.screen.status().troubles).toEqual([]);
  expect(one.screen.link()).toBe('live');
  expect(one.screen.tickets().map((ticket) => ticket.order.note)).toEqual(['no onions']);
});
