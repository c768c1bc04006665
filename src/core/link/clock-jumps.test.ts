import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** [L3] The machine's clock is set years ahead or back. */

const YEARS = 5 * 365 * 24 * 3_600_000;

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('token-1');
  await one.start();
  const open = harness.server.place();
  await harness.pass(1_000);
  await one.screen.bump(open, 'pending', 'preparing');
  await harness.pass(1_000);
  return { ...harness, one, open };
}
const counts = ({ one }: Awaited<ReturnType<typeof openHarness>>) => ({
  answers: one.storage.queue.store.answered({ since: 0, before: Number.MAX_SAFE_INTEGER, limit: 99 }).length,
  history: one.storage.cache.store.history({ before: null, kinds: null, words: null, limit: 99, most: 99 }).entries
    .length,
});

describe.each([
  ['forward', YEARS],
  ['back', -YEARS],
])('a clock that jumps years %s', (_, jump) => {
  it('while the display runs changes no age, forgets nothing, and is reported once until it is right', async () => {
    const harness = await openHarness();
    const { clock, server, one, open, pass } = harness;
    const before = { ticket: one.screen.ticket(open), ...counts(harness) };
    clock.setWall(server.now() + jump);
    await pass(120_000);
    expect(Math.abs(one.screen.status().serverNow - server.now())).toBeLessThan(6_000);
    expect(one.screen.ticket(open)).toEqual(before.ticket);
    expect(counts(harness)).toEqual({ answers: before.answers, history: before.history + 1 });
    expect(one.screen.status()).toMatchObject({ troubles: ['clock_wrong'], link: { state: 'live' } });
    await one.display.call('dismissTrouble', { trouble: 'clock_wrong' });
    await pass(60_000);
    expect(one.screen.status().troubles).toEqual([]);
    clock.setWall(server.now());
    await pass(10_000);
    clock.setWall(server.now() + jump);
    await pass(10_000);
    expect(one.screen.status().troubles).toEqual(['clock_wrong']);
  });

  it('between two offline runs forgets nothing; the server’s first message corrects everything', async () => {
    const harness = await openHarness();
    const { clock, server, one, open, pass } = harness;
    const before = counts(harness);
    one.network.setServerUp(false);
    clock.setWall(server.now() + jump);
    await one.restart();
    await pass(180_000);
    expect(counts(harness).answers).toBe(before.answers);
    expect(counts(harness).history).toBeGreaterThan(before.history);
    expect(one.screen.ticket(open)?.order.status).toBe('preparing');
    one.network.setServerUp(true);
    await pass(60_000);
    expect(one.screen.link()).toBe('live');
    expect(Math.abs(one.screen.status().serverNow - server.now())).toBeLessThan(1_000);
    expect(one.screen.ticket(open)?.ageFrom).toBe(Date.parse(server.order(open)?.placedAt ?? ''));
    expect(one.screen.status().troubles).toEqual(['clock_wrong']);
    expect(counts(harness).answers).toBe(before.answers);
  });
});
