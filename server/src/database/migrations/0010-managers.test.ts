import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { newToken, tokenHash } from '../../access/tokens.ts';
import { createService } from '../../create-service.ts';
import { doubled, withChecksum } from '../checked-rows.ts';
import { openDatabase } from '../open-database.ts';
import { allMigrations } from './all-migrations.ts';

const AT = '2026-11-21T10:00:00.000Z';
const TOKENS = { display: newToken('display'), integration: newToken('integration') };

/** A store with a device of each role of before, and an answered command. */
async function databaseOfBefore(file: string): Promise<void> {
  const migrations = allMigrations.slice(0, 9);
  const { db, close } = await openDatabase(`file:${file}`, { now: 0, onFault: () => {}, migrations });
  const store = { id: 'main', name: 'Main', currency: 'GEL', time_zone: 'UTC', settings: '{}', created_at: AT };
  await db.insertInto('stores').values(doubled('stores', store)).execute();
  const log = { store_id: 'main', head: 0, head_hash: null, min_seq: 1, floor_hash: null };
  await db
    .insertInto('store_logs')
    .values({ ...withChecksum('store_logs', log), epoch: 'e' })
    .execute();
  for (const role of ['display', 'integration'] as const) {
    const device = {
      id: role,
      store_id: 'main',
      name: role,
      role,
      token_hash: tokenHash(TOKENS[role]),
      created_at: AT,
    };
    await db
      .insertInto('devices')
      .values({ ...doubled('devices', device), last_seen_at: AT, cursor: 7 })
      .execute();
  }
  const command = { device_id: 'display', command_id: 'c1', result: '{}', at: AT };
  await db.insertInto('commands').values(withChecksum('commands', command)).execute();
  await close();
}

it('keeps the devices of before, and allows managers', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ticketrail-managers-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'server.db');
  await databaseOfBefore(file);
  const warnings: string[] = [];
  const warn = (_details: object, message: string) => void warnings.push(message);
  const log = { info() {}, warn, error: warn };
  const service = await createService({ databaseUrl: `file:${file}`, adminToken: null, log });
  onTestFinished(() => service.close());
  for (const role of ['display', 'integration'] as const)
    expect(await service.access.callerOf(TOKENS[role])).toEqual({ role, id: role, name: role, storeId: 'main' });
  expect(await service.access.listDevices('main')).toMatchObject([
    { deviceId: 'display', role: 'display', lastSeenAt: AT, cursor: 7 },
    { deviceId: 'integration', role: 'integration', lastSeenAt: AT, cursor: 7 },
  ]);
  expect(await service.knownCommands('display', ['c1', 'c2'])).toEqual(['c1']);
  const { token } = await service.access.createDevice('main', { name: 'Office', role: 'manager' });
  expect(token).toMatch(/^tr_m_/);
  expect(await service.access.callerOf(token)).toMatchObject({ role: 'manager', storeId: 'main' });
  expect(warnings).toEqual([]);

  const raw = new Sqlite(file);
  onTestFinished(() => void raw.close());
  expect(() => raw.exec(`update devices set role = 'owner'`)).toThrow('CHECK constraint failed');
  expect(() => raw.exec('update devices set role = null')).toThrow('NOT NULL constraint failed');
});
