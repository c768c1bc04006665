import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { findMark } from '../../sources/source-marks.ts';
import { damagedRows, doubled } from '../checked-rows.ts';
import { openDatabase } from '../open-database.ts';
import { allMigrations } from './all-migrations.ts';

const AT = '2026-11-21T10:00:00.000Z';
const MANY = 1_001;

it('gives the marks of before a checksum and a second copy', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-marks-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const open = (migrations = allMigrations) =>
    openDatabase(`file:${join(dir, 'server.db')}`, { now: 0, onFault: () => {}, migrations });
  const before = await open(allMigrations.slice(0, 18));
  const store = { id: 'main', name: 'Main', currency: 'GEL', time_zone: 'UTC', settings: '{}', created_at: AT };
  await before.db.insertInto('stores').values(doubled('stores', store)).execute();
  await sql`with recursive n(i) as (values (1) union all select i + 1 from n where i < ${MANY})
    insert into source_marks (store_id, kind, account, their_id, order_id, mark, content, their_status, agreed)
    select 'main', 'square', 'a', i, 'o' || i, i, 'c', 'OPEN', null from n`.execute(before.db);
  await before.close();

  const { db, close } = await open();
  onTestFinished(close);
  expect(await damagedRows(db, 'source_marks')).toEqual([]);
  const account = { store_id: 'main', kind: 'square', account: 'a' } as const;
  expect(await findMark(db, account, String(MANY))).toMatchObject({ order_id: `o${MANY}`, mark: MANY, agreed: null });
});
