import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { memoryCache } from '../testing/memory-storage.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** [S7] The server's clock runs ahead for a while. */

const DAY_MS = 24 * 3_600_000;

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('token-1');
  await one.start();
  const ago = (days: number) => new Date(harness.server.now() - days * DAY_MS).toISOString();
  const closed = (days: number) =>
    harness.server.place({ status: 'completed', statusSince: ago(days), placedAt: ago(days), updatedAt: ago(days) });
  const [old, recent, open] = [closed(3), closed(0), harness.server.place()];
  await one.display.call('changeSettings', { endOfDay: '04:00' });
  await harness.pass(61_000);
  const kept = () => one.storage.cache.store.versions().map(({ id }) => id);
  const shown = () => one.screen.tickets().map(({ order }) => order.id);
  return { ...harness, one, old, recent, open, kept, shown };
}

describe.each([
  ['a year', 365 * DAY_MS],
  ['six days', 6 * DAY_MS],
])('a server whose clock was %s ahead for a while', (_, ahead) => {
  it('leaves nothing deleted on the display when the clock is right again', async () => {
    const { setServerAhead, one, old, recent, open, kept, shown, pass } = await openHarness();
    await one.screen.bump(open, 'pending', 'preparing');
    await pass(1_000);
    setServerAhead(ahead);
    await pass(130_000);
    setServerAhead(0);
    await pass(130_000);
    expect(one.screen.link()).toBe('live');
    expect(kept().sort()).toEqual([old, recent, open].sort());
    expect(shown().sort()).toEqual([recent, open].sort());
  });
});

it('[C3] taps that were answered by a clock a year ahead do not come back as refused after 35 days', async () => {
  const { server, clock, setServerAhead, one, open, pass } = await openHarness();
  setServerAhead(365 * DAY_MS);
  await pass(61_000);
  await one.screen.bump(open, 'pending', 'preparing');
  await one.screen.bump(open, 'preparing', 'ready');
  await one.screen.bump(open, 'ready', 'preparing');
  await pass(1_000);
  setServerAhead(0);
  await pass(130_000);
  one.network.setServerUp(false);
  await pass(20_000);
  clock.sleep(36 * DAY_MS);
  setServerAhead(36 * DAY_MS);
  server.forgetAnswers('token-1');
  one.network.setServerUp(true);
  await pass(130_000);
  expect(one.screen.link()).toBe('live');
  expect(one.screen.status()).toMatchObject({ queueCount: 0, failedCommands: [] });
});

it('a server whose clock was a year ahead deletes nothing on a display that starts then', async () => {
  const { setServerAhead, one, old, recent, open, kept, pass } = await openHarness();
  setServerAhead(365 * DAY_MS);
  await one.restart();
  await pass(130_000);
  expect(one.screen.link()).toBe('live');
  expect(kept().sort()).toEqual([old, recent, open].sort());
});

it('[L1] is not live after it has dropped its position, until the orders are fetched again', async () => {
  const { setServerAhead, one, pass } = await openHarness();
  setServerAhead(DAY_MS);
  await pass(61_000);
  setServerAhead(0);
  const startsOver = () => one.storage.cache.store.position().epoch === null;
  const shown = new Set<string | null>();
  for (let ms = 0; ms < 130_000; ms += 10) {
    await pass(10);
    if (startsOver()) shown.add(one.screen.link());
  }
  expect([...shown]).toEqual(['catching_up']);
  expect(one.screen.link()).toBe('live');
});

it('[C3] taps answered before and during a clock a year behind are sent again after a restored backup', async () => {
  const { server, setServerAhead, one, open, pass } = await openHarness();
  const backup = server.backup();
  await one.screen.bump(open, 'pending', 'preparing');
  await pass(1_000);
  setServerAhead(-365 * DAY_MS);
  await pass(61_000);
  await one.screen.bump(open, 'preparing', 'ready');
  await pass(1_000);
  setServerAhead(0);
  await pass(130_000);
  server.restore(backup, { newEpoch: false });
  await pass(130_000);
  expect([server.order(open)?.status, one.screen.status().queueCount]).toEqual(['preparing', 0]);
  // The server was told a time of a year ago.
  expect(one.screen.status().failedCommands).toMatchObject([{ orderId: open, code: 'stale' }]);
});

it('fetches again what a snapshot left out by a clock days ahead that was set right at once', async () => {
  const { setServerAhead, openDisplay, old, recent, open, pass } = await openHarness();
  const two = openDisplay('token-2');
  const kept = () => two.storage.cache.store.versions().map(({ id }) => id);
  setServerAhead(9 * DAY_MS);
  await two.start();
  await pass(1_000);
  expect(kept()).toEqual([open]);
  two.network.setServerUp(false);
  setServerAhead(0);
  two.network.setServerUp(true);
  await pass(60_000);
  expect(kept().sort()).toEqual([old, recent, open].sort());
});

it('[C3] sends a lost tap again to a restored server a year ahead, though the display has lost its cache', async () => {
  const { server, setServerAhead, one, open, pass } = await openHarness();
  const backup = server.backup();
  await one.screen.bump(open, 'pending', 'preparing');
  await pass(1_000);
  server.restore(backup, { newEpoch: true });
  setServerAhead(365 * DAY_MS);
  one.storage.cache.disk.restore(memoryCache().disk.image());
  await one.restart();
  await pass(130_000);
  // It is a year old by the server's clock.
  expect(one.screen.status()).toMatchObject({ queueCount: 0, failedCommands: [{ orderId: open, code: 'stale' }] });
});
