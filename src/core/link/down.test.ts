import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';

/** From server to screen: the board always converges to what the server has. */

async function openHarness(displays = 1) {
  const harness = createTestHarness({ sha256 });
  const all = Array.from({ length: displays }, (_, i) => harness.openDisplay(`token-${i + 1}`));
  for (const one of all) await one.start();
  const [first] = all;
  if (!first) throw new Error('no display');
  await harness.pass(1_000);
  return { harness, all, ...first, one: first };
}
/** Display and server have the same orders at the same versions. */
function expectEqual(
  harness: TestHarness,
  tickets: { order: { id: string; version: number; status: string } }[],
): void {
  const line = ({ id, version, status }: { id: string; version: number; status: string }) =>
    `${id}:${version}:${status}`;
  expect(tickets.map(({ order }) => line(order)).sort()).toEqual(harness.server.orders().map(line).sort());
}

describe('a display that starts', () => {
  it('[S2] [S4] loads a snapshot the first time and becomes live', async () => {
    const harness = createTestHarness({ sha256 });
    for (let i = 0; i < 3; i++) harness.server.place();
    const one = harness.openDisplay('t');
    expect((await one.display.call('getBoard', null)).ok).toBe(false);
    await one.start();
    await harness.pass(1_000);
    expect(one.screen.link()).toBe('live');
    expectEqual(harness, one.screen.tickets());
  });

  it('shows its board from disk before any server answers, but is not live', async () => {
    const { harness, one } = await openHarness();
    harness.server.place();
    await harness.pass(100);
    one.network.setServerUp(false);
    await one.restart();
    expect(one.screen.tickets()).toHaveLength(1);
    await harness.pass(20_000);
    expect(one.screen.link()).toBe('offline');
    expect(one.screen.status().link.lastWordAt).toBeGreaterThan(0);
  });

  it('[S3] continues from its cursor and receives only what it missed', async () => {
    const { harness, one } = await openHarness();
    for (let i = 0; i < 50; i++) harness.server.place();
    await harness.pass(100);
    one.network.setCable('cut');
    harness.server.place();
    await one.restart();
    const { frames } = one.network.traffic;
    await harness.pass(3_000);
    expectEqual(harness, one.screen.tickets());
    expect(one.network.traffic.frames - frames).toBeLessThan(5);
  });

  it('[L1] does not wait for its socket: missed orders arrive after one round trip', async () => {
    const { harness, one } = await openHarness();
    one.network.setCable('cut');
    const id = harness.server.place();
    await one.restart();
    await harness.pass(10);
    expect(one.screen.link()).not.toBe('live');
    await harness.pass(16);
    expect(one.screen.ticket(id)).toBeDefined();
    expect(one.screen.link()).toBe('live');
  });
});

describe('an order', () => {
  it('appears on every screen as soon as the server has it, and rings there', async () => {
    const { harness, all } = await openHarness(2);
    const id = harness.server.place();
    await harness.pass(20);
    for (const { screen } of all) {
      expect(screen.ticket(id)).toMatchObject({ pending: false, order: { status: 'pending' } });
      expect(screen.status().alarm).toEqual({ active: true, orderIds: [id] });
    }
  });

  it('leaves the board when deleted, and stays as cancelled when cancelled', async () => {
    const { harness, screen } = await openHarness();
    const [a, b] = [harness.server.place(), harness.server.place()];
    harness.server.remove(a);
    harness.server.cancel(b);
    await harness.pass(50);
    expect(screen.tickets().map(({ order }) => order.id)).toEqual([b]);
    expect(screen.ticket(b)).toMatchObject({ order: { status: 'cancelled' }, lateAt: null });
    expect(screen.status().alarm.active).toBe(false);
  });

  it('leaves the board 60 minutes after it closes; at most 50 closed ones stay', async () => {
    const { harness, screen } = await openHarness();
    const ids = Array.from({ length: 60 }, () => harness.server.place());
    for (const id of ids) {
      await harness.pass(1_000);
      const statusSince = new Date(harness.server.now()).toISOString();
      harness.server.change(id, { status: 'completed', statusSince }, 'order_status_changed');
    }
    await harness.pass(100);
    expect(
      screen
        .tickets()
        .map(({ order }) => order.id)
        .sort(),
    ).toEqual(ids.slice(10).sort());
    harness.server.remove(ids[59] ?? '');
    await harness.pass(100);
    expect(screen.ticket(ids[9] ?? '')).toBeDefined();
    await harness.pass(62 * 60_000);
    expect(screen.tickets()).toEqual([]);
    expect(screen.gaps()).toBe(0);
  });
});

describe('the log', () => {
  it('[S3] delivers a thousand changes at once in batches, up to the server’s head', async () => {
    const { harness, one, screen } = await openHarness();
    one.network.setCable('cut');
    const ids = Array.from({ length: 50 }, () => harness.server.place());
    for (let i = 0; i < 1_000; i++) harness.server.change(ids[i % 50] ?? '', { note: `${i}` });
    one.network.setCable('whole');
    await harness.pass(3_000);
    expect(screen.link()).toBe('live');
    expectEqual(harness, screen.tickets());
  });

  it('[S2] truncated beyond the display’s cursor: starts over by snapshot', async () => {
    const { harness, one, screen } = await openHarness();
    one.network.setCable('cut');
    for (let i = 0; i < 20; i++) harness.server.place();
    harness.server.compact(5);
    one.network.setCable('whole');
    await harness.pass(3_000);
    expectEqual(harness, screen.tickets());
    expect(screen.link()).toBe('live');
  });

  it.each([
    ['with a new epoch', true, 0],
    ['with the same epoch, behind the display’s cursor', false, 0],
    ['with the same epoch, and grown past the display’s cursor', false, 9],
  ])('[S1] [S2] restored from a backup %s: the board shows what the server has now', async (_, newEpoch, more) => {
    const { harness, one, screen } = await openHarness();
    const kept = harness.server.place();
    const backup = harness.server.backup();
    harness.server.place({ id: 'lost' });
    harness.server.change(kept, { note: 'lost, too' });
    await harness.pass(50);
    one.network.setServerUp(false);
    harness.server.restore(backup, { newEpoch });
    for (let i = 0; i < more; i++) harness.server.place({ id: `new-${i}` });
    one.network.setServerUp(true);
    await harness.pass(5_000);
    expect(screen.ticket('lost')).toBeUndefined();
    expectEqual(harness, screen.tickets());
    expect(screen.link()).toBe('live');
  });

  it('[S6] detects a cache that differs from the server by the digest, and replaces it', async () => {
    const { harness, one, screen } = await openHarness();
    const id = harness.server.place();
    await harness.pass(100);
    const right = one.storage.cache.store.get(id);
    if (!right) throw new Error('no order');
    one.storage.cache.store.put({ ...right, version: 99, note: 'a bad bit' });
    one.network.beatDigest();
    await harness.pass(2_000);
    expect(harness.logged).toContain('what is shown is not what the server has; starting over');
    expect(one.storage.cache.store.get(id)).toMatchObject({ version: 1 });
    expectEqual(harness, screen.tickets());
    one.network.beatDigest();
    await harness.pass(2_000);
    expect(harness.logged.filter((line) => line.startsWith('what is shown'))).toHaveLength(1);
  });

  it('shows nothing of a batch that the disk rejects, and fetches it again when there is room', async () => {
    const { harness, one, screen } = await openHarness();
    one.storage.cache.disk.failWrites('full');
    const id = harness.server.place();
    await harness.pass(2_000);
    expect(screen.ticket(id)).toBeUndefined();
    expect(screen.link()).not.toBe('live');
    expect(screen.status().troubles).toEqual(['disk_full']);
    one.storage.cache.disk.failWrites(null);
    await harness.pass(30_000);
    expect(screen.ticket(id)).toBeDefined();
    expect(screen.link()).toBe('live');
    expect(screen.status().troubles).toEqual([]);
  });
});
