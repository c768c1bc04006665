import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anOrder } from '#test/support/an-order.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { openDatabase } from './open-database.ts';
import { sqliteCache } from './sqlite-cache.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-search-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The number of migrations before the search texts. */
const BEFORE = CACHE_MIGRATIONS.findIndex((sql) => sql.includes('order_words'));
const open = (migrations: readonly string[]) =>
  openDatabase({ file: join(dir, 'cache.db'), migrations, synchronous: 'NORMAL' });

it('finds orders of an earlier version after an update, without a network', () => {
  const order = anOrder({ id: 'a', number: 'A7', status: 'completed' });
  const old = open(CACHE_MIGRATIONS.slice(0, BEFORE));
  old
    .prepare('INSERT INTO orders (id, open, status_since, updated_at, version, body) VALUES (?, 0, ?, ?, 1, ?)')
    .run(order.id, order.statusSince, order.updatedAt, JSON.stringify(order));
  old.close();
  for (let start = 0; start < 2; start++) {
    const cache = sqliteCache(open(CACHE_MIGRATIONS));
    expect(cache.search({ texts: ['a7'], before: null, limit: 9 })).toEqual([order]);
    cache.close();
  }
});
