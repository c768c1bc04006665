import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { doubled } from '../database/checked-rows.ts';
import { openDatabase } from '../database/open-database.ts';
import type { OrderQuery } from '../service.ts';
import { MORNING } from '../testing/temp-service.ts';
import { listOrders } from './list-orders.ts';

/** How SQLite runs each query of a list that reads orders. */
async function plansOf(query: OrderQuery): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-list-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'a.db');
  const { db, close } = await openDatabase(`file:${file}`, { now: MORNING, onFault: () => {} });
  await db
    .insertInto('stores')
    .values(
      ['a', 'b'].map((id) =>
        doubled('stores', { id, name: id, currency: 'GEL', time_zone: 'UTC', settings: '{}', created_at: '' }),
      ),
    )
    .execute();
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const watched = db.withPlugin({
    transformQuery({ node, queryId }) {
      queries.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await listOrders(watched, query, new Map());
  await close();
  const raw = new Sqlite(file, { readonly: true });
  onTestFinished(() => void raw.close());
  return queries
    .filter(({ sql }) => /\borders\b/.test(sql))
    .map(({ sql, parameters }) => JSON.stringify(raw.prepare(`explain query plan ${sql}`).all(...parameters)));
}

it('a list by status over all stores reads no other orders', async () => {
  const plans = await plansOf({ storeId: null, status: ['rejected', 'cancelled'], limit: 50 });
  expect(plans).toHaveLength(4);
  for (const plan of plans) expect(plan).toMatch(/USING COVERING INDEX orders_by_status \(store_id=\? AND status=\?/);
});

it('a search reads only orders that the index names, newest first, within its span of time', async () => {
  const plans = await plansOf({ storeId: 'a', q: 'khachapuri', limit: 50 });
  expect(plans).toHaveLength(1);
  expect(plans[0]).toMatch(/SCAN order_search VIRTUAL TABLE INDEX \d+:M1><"/);
  expect(plans[0]).toMatch(/SEARCH orders USING INDEX orders_by_search_key \(search_key=\?\)/);
  expect(plans[0]).toMatch(/SEARCH order_search_waiting USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
  // Of each part, the newest are found without sorting it.
  expect(plans[0]?.match(/TEMP B-TREE/g)).toHaveLength(1);
});

it('a customer’s list reads only own orders, newest first', async () => {
  const plans = await plansOf({ storeId: 'a', customerRef: 'u-1', limit: 50 });
  expect(plans).toHaveLength(1);
  expect(plans[0]).toMatch(/USING COVERING INDEX orders_of_customers \(store_id=\? AND customer_ref=\?\)/);
  expect(plans[0]).not.toMatch(/TEMP B-TREE/);
});
