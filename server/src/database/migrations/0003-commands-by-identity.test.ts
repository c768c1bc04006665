import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandResult } from '#contract/command.ts';
import type { DeviceCaller } from '../../caller.ts';
import { readSnapshot } from '../../testing/read-snapshot.ts';
import { ADMIN, command } from '../../testing/shop.ts';
import { sqliteService, type TempService } from '../../testing/temp-service.ts';

const BEFORE = readFileSync(new URL('../../testing/before-migration-3.sql', import.meta.url), 'utf8');
const [BUMP, REFUSED, VOID, DUE] = [
  'e1168192-b92e-4bb5-b943-23a9155039c9',
  '93578836-78cf-404b-80a3-8406dd3bc948',
  'd7babe98-a5ee-4f17-bf53-76763d2596db',
  'f8d59c53-6289-44cf-ae5d-89a86fa7042f',
] as const;

describe('a database with numbered commands', () => {
  let temp: TempService;
  let display: DeviceCaller;
  let orderId: string;
  beforeEach(async () => {
    temp = await sqliteService({ prepare: (file) => void new Sqlite(file).exec(BEFORE).close() });
    const device = (await temp.service.access.listDevices('main')).find(({ name }) => name === 'Kitchen');
    display = { role: 'display', id: device?.deviceId ?? '', name: 'Kitchen', storeId: 'main' };
    orderId = (await readSnapshot(temp.service, 'main')).orders[0]?.id ?? '';
  });
  afterEach(() => temp.dispose());

  it('has default settings that were not there yet, and takes everything', async () => {
    const { settings } = await temp.service.stores.get('main');
    const added = { autoAccept: [], preparationMinutes: null, stations: [], language: 'en' };
    expect(settings).toEqual({ displayWindowDays: 8, acknowledgeWithinSeconds: 60, ...added });
    expect(await temp.service.availability.get('main')).toMatchObject({ open: true, pausedUntil: null });
  });

  it('[C2] answers an earlier command from the ledger', async () => {
    const again = (commandId: string, n: number) => ({
      ...command({ id: orderId, version: 1 }, 'acknowledge', {}, temp.clock.now),
      commandId,
      n,
    });
    const { results } = await temp.service.submitCommands(display, [again(BUMP, 1), again(REFUSED, 2), again(VOID, 3)]);
    expect(results).toMatchObject([
      { commandId: BUMP, outcome: 'applied', seq: 2, replayed: true },
      { commandId: REFUSED, outcome: 'rejected', code: 'invalid_transition', order: { id: orderId }, replayed: true },
      { commandId: VOID, outcome: 'already', seq: 2, replayed: true },
    ]);
    for (const result of results) expect(CommandResult.strict().parse(result)).toEqual(result);
  });

  it('[C3] knows the earlier commands, and accepts those that wait behind them', async () => {
    const ids = await temp.service.knownCommands(display.id, [BUMP, REFUSED, VOID, DUE]);
    expect(new Set(ids)).toEqual(new Set([BUMP, REFUSED, VOID, DUE]));
    const waiting = command({ id: orderId, version: 4 }, 'set_priority', { priority: false }, temp.clock.now);
    const { results } = await temp.service.submitCommands(display, [
      { ...waiting, n: 6 },
      { ...waiting, commandId: crypto.randomUUID(), after: DUE },
    ]);
    expect(results).toMatchObject([{ outcome: 'applied', seq: 5 }, { outcome: 'already' }]);
  });

  it('names causes by commandId if the ledger still has them', async () => {
    const causes = (await temp.service.orders.history(ADMIN, orderId)).map(({ cause }) => cause?.commandId);
    expect(causes).toEqual([undefined, BUMP, undefined, DUE]);
  });

  it('[S1] keeps the log and its hashes', async () => {
    const position = { epoch: '6db5116387542099', cursor: 2, hash: 'f600a017e74464cb' };
    expect(await temp.service.log.read('main', position, 200)).toMatchObject({
      mode: 'delta',
      to: 4,
      hash: '2279089d4d5ae78f',
    });
  });
});
