import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { createService } from '../../create-service.ts';
import { openDatabase } from '../open-database.ts';
import { allMigrations } from './all-migrations.ts';

/** Orders of before the index; `texts` oldest first, a thousand in each ms. */
async function databaseOfBefore(file: string, texts: readonly string[]): Promise<void> {
  const migrations = allMigrations.slice(0, 5);
  const { close } = await openDatabase(`file:${file}`, { now: 0, onFault: () => {}, migrations });
  await close();
  const raw = new Sqlite(file);
  raw.exec(`insert into stores values ('main', 'Main', 'GEL', 'UTC', '{}', '')`);
  raw.exec(`insert into store_logs values ('main', 'e', 0, null, 1, null)`);
  const insert = raw.prepare(
    `insert into orders (id, store_id, status, version, created_at, updated_at, total_minor, search, body)
     values (@id, 'main', 'pending', 1, @at, @at, 0, @text, @body)`,
  );
  raw.transaction(() => {
    for (const [i, text] of texts.entries()) {
      const id = `o${String(i).padStart(6, '0')}`;
      const at = new Date(1_700_000_000_000 + Math.floor(i / 1_000)).toISOString();
      insert.run({ id, at, text, body: JSON.stringify({ id, status: 'pending', version: 1 }) });
    }
  })();
  raw.close();
}

it('finds the orders of before, newest first, also those that were written with accents', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-index-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'server.db');
  await databaseOfBefore(
    file,
    Array.from({ length: 6_100 }, (_, i) => (i % 1_000 === 10 ? 'crème brûlée' : 'soup')),
  );
  const log = { info() {}, warn() {}, error() {} };
  const service = await createService({ databaseUrl: `file:${file}`, adminToken: null, log });
  onTestFinished(() => service.close());
  const found: string[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const query = { storeId: 'main', q: 'creme bru', limit: 2, ...(before && { before }) };
    const page = await service.orders.list(query);
    found.push(...page.orders.map(({ id }) => id));
    before = page.nextBefore;
  }
  const orders = [6_010, 5_010, 4_010, 3_010, 2_010, 1_010, 10];
  expect(found).toEqual(orders.map((i) => `o${String(i).padStart(6, '0')}`));
});
