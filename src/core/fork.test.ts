import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createKitchen } from './testing/kitchen.ts';

/** Rule C2 where two machines count with one token: the disk of a display was copied to another. */

const urgent = { type: 'set_priority', payload: { priority: true } } as const;

async function openTwins() {
  const kitchen = createKitchen({ sha256 });
  const [one, two] = [kitchen.hang('same'), kitchen.hang('same')];
  for (const display of [one, two]) await display.start();
  const [a, b, c] = [kitchen.server.place(), kitchen.server.place(), kitchen.server.place()];
  await kitchen.pass(1_000);
  return { ...kitchen, one, two, a, b, c };
}

describe('[C2] a new identity', () => {
  it('is no longer said when what it was taken for is answered by its change, the answer being lost', async () => {
    const { one, two, a, b, c, pass } = await openTwins();
    await two.screen.tap(a, urgent);
    await pass(100);
    await one.screen.tap(b, urgent);
    await pass(5_000);
    await two.screen.tap(c, urgent);
    for (let ms = 0; ms < 100 && two.screen.status().troubles.length === 0; ms++) await pass(1);
    expect(two.screen.status().troubles).toEqual(['identity_renewed']);
    two.network.loseAnswers(1_000_000);
    await pass(10_000);
    expect(two.screen.status()).toMatchObject({ queueCount: 0, troubles: [] });
  });

  it.each([0, 2, 4, 6, 8, 10])('is used at once, also when the socket comes up %i ms into taking it', async (ms) => {
    const { server, one, two, a, b, pass } = await openTwins();
    two.network.setWebsocket(false);
    await pass(5_000);
    await one.screen.tap(a, urgent);
    await pass(100);
    await two.screen.tap(b, urgent);
    await pass(ms);
    two.network.setWebsocket(true);
    two.display.wake();
    await pass(3_000);
    expect(two.screen.notices()).toContain('identity_renewed');
    expect(two.screen.link()).toBe('live');
    expect(server.order(b)?.priority).toBe(true);
    expect(two.screen.status().queueCount).toBe(0);
  });
});
