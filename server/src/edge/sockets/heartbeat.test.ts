import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OrderDraft } from '#contract/order.ts';
import type { Beat } from '#contract/sync.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { createService } from '../../create-service.ts';
import type { Service } from '../../service.ts';
import { every } from '../../time/every.ts';
import { createHeartbeat, LOOK_MS } from './heartbeat.ts';

let dir: string;
let service: Service;
let storeId: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-heartbeat-'));
  const databaseUrl = `file:${join(dir, 'server.db')}`;
  service = await createService({ databaseUrl, adminToken: null, log: pino({ level: 'silent' }) });
  storeId = (await service.stores.create({ name: 'Main', currency: 'GEL', timeZone: 'UTC' })).id;
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await service.close();
  rmSync(dir, { recursive: true, force: true });
});

function start() {
  const received = { heads: [] as number[], beats: [] as Beat[], failures: 0 };
  const onFailure = () => {
    received.failures += 1;
  };
  const heartbeat = createHeartbeat({
    log: service.log,
    stores: () => [storeId],
    onHead: (_storeId, head) => received.heads.push(head),
    beat: (_storeId, beat) => received.beats.push(beat),
    onFailure,
    now: () => Date.now(),
  });
  return { received, stop: every(LOOK_MS, heartbeat, onFailure) };
}

it('reads the heads once a second and sends a beat every 5 s', async () => {
  const { received, stop } = start();
  await vi.advanceTimersByTimeAsync(10_500);
  expect([received.heads.length, received.beats.length]).toEqual([10, 2]);
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(received.heads).toHaveLength(10);
});

it('[S6] sends a digest once a minute, valid at its head', async () => {
  const admin = { role: 'admin', id: 'admin', name: 'admin', storeId: null } as const;
  await service.orders.create(admin, storeId, OrderDraft.parse(orderDraft()));
  const { received, stop } = start();
  await vi.advanceTimersByTimeAsync(120_500);
  const digests = received.beats.filter((beat) => beat.digest !== undefined);
  expect([received.beats.length, digests.length]).toEqual([24, 2]);
  expect(digests[0]).toMatchObject({ head: 1, digest: (await service.log.digest(storeId)).digest });
  expect(digests[0]?.digest).toMatch(/^[0-9a-f]{16}$/);
  stop();
});

it('sends no beat while the database does not answer', async () => {
  const { received, stop } = start();
  await service.close();
  await vi.advanceTimersByTimeAsync(10_500);
  expect(received.beats).toEqual([]);
  expect(received.failures).toBe(10);
  stop();
});

it('[S6] stores take turns, and each has one digest a minute', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 24; i++)
    ids.push((await service.stores.create({ name: `Store ${i}`, currency: 'GEL', timeZone: 'UTC' })).id);
  const digests: { storeId: string; beat: number }[] = [];
  let beats = 0;
  const heartbeat = createHeartbeat({
    log: service.log,
    stores: () => ids,
    onHead: () => {},
    beat: (storeId, { digest }) => {
      beats += 1;
      if (digest !== undefined) digests.push({ storeId, beat: Math.ceil(beats / ids.length) });
    },
    onFailure: () => {},
    now: () => Date.now(),
  });
  const stop = every(LOOK_MS, heartbeat, () => {});
  await vi.advanceTimersByTimeAsync(60_500);
  stop();
  expect(beats).toBe(12 * ids.length);
  expect(digests.map(({ storeId }) => storeId).sort()).toEqual(ids.sort());
  expect(new Set(digests.map(({ beat }) => beat)).size).toBeGreaterThan(3);
});
