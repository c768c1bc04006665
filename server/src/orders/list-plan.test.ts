import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { MORNING } from '../testing/temp-service.ts';
import { listOrders } from './list-orders.ts';

it('a list by status over all stores reads no other orders', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-list-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'a.db');
  const { db, close } = await openDatabase(`file:${file}`, { now: MORNING, onFault: () => {} });
  await db
    .insertInto('stores')
    .values(
      ['a', 'b'].map((id) => ({ id, name: id, currency: 'GEL', time_zone: 'UTC', settings: '{}', created_at: '' })),
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
  await listOrders(watched, { storeId: null, status: ['rejected', 'cancelled'], limit: 50 }, new Map());
  await close();
  const raw = new Sqlite(file, { readonly: true });
  onTestFinished(() => void raw.close());
  const plans = queries
    .filter(({ sql }) => sql.includes('"orders"'))
    .map(({ sql, parameters }) => raw.prepare(`explain query plan ${sql}`).all(...parameters));
  expect(plans).toHaveLength(4);
  for (const plan of plans)
    expect(JSON.stringify(plan)).toMatch(/USING COVERING INDEX orders_by_status \(store_id=\? AND status=\?/);
});
