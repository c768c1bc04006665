import { describe, expect, it } from 'vitest';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness, type Kitchen } from '../testing/test-harness.ts';

/** Rule C2 where two machines count with one token: the disk of a display was copied to another. */

const urgent = { type: 'set_priority', payload: { priority: true } } as const;

async function openTwins() {
  const kitchen = createTestHarness({ sha256 });
  const [one, two] = [kitchen.hang('same'), kitchen.hang('same')];
  for (const display of [one, two]) await display.start();
  const [a, b, c] = [kitchen.server.place(), kitchen.server.place(), kitchen.server.place()];
  await kitchen.pass(1_000);
  return { ...kitchen, one, two, a, b, c };
}

/** Taps that this display holds for answered, by the order, and whether the server's ledger has them so. */
function taps({ server }: Pick<Kitchen, 'server'>, { storage }: ReturnType<Kitchen['hang']>): Record<string, boolean> {
  const { store } = storage.queue;
  const { results } = server.device('same');
  const rows = store.numbered(store.identity().generation, 0).filter(({ intent }) => intent?.type !== 'void');
  return Object.fromEntries(
    rows.map(({ n, commandId, orderId, answer }) => [orderId, answer !== null && results[n]?.commandId === commandId]),
  );
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

describe('[C2] [C3] a server that was put back to a backup, while the other machine uses the numbers it forgot', () => {
  it.each([true, false])(
    '(new epoch: %s) is sent again what was answered, though it says that it knows the number',
    async (newEpoch) => {
      const { server, one, two, a, b, c, pass } = await openTwins();
      const backup = server.backup();
      await one.screen.tap(a, urgent);
      await one.screen.tap(b, urgent);
      await pass(1_000);
      one.network.setCable('cut');
      two.network.setServerUp(false);
      server.restore(backup, { newEpoch });
      two.network.setServerUp(true);
      await pass(5_000);
      await two.screen.tap(c, urgent);
      await two.screen.tap(c, { type: 'set_priority', payload: { priority: false } });
      await pass(1_000);
      expect(server.lastN('same')).toBe(2);
      one.network.setCable('whole');
      await pass(35_000);
      expect([server.order(a)?.priority, server.order(b)?.priority]).toEqual([true, true]);
      expect(taps({ server }, one)).toEqual({ [a]: true, [b]: true });
      expect(one.screen.status()).toMatchObject({
        queueCount: 0,
        troubles: newEpoch ? ['server_restored'] : expect.anything(),
      });
    },
  );

  it('is sent again also what was answered before a new identity was taken', async () => {
    const { server, one, two, a, b, c, pass } = await openTwins();
    const backup = server.backup();
    await one.screen.tap(a, urgent);
    await pass(1_000);
    await two.screen.tap(b, urgent);
    await pass(5_000);
    await one.screen.tap(c, urgent);
    await pass(5_000);
    expect(one.screen.notices()).toContain('identity_renewed');
    for (const { network } of [one, two]) network.setServerUp(false);
    server.restore(backup, { newEpoch: true });
    for (const { network } of [one, two]) network.setServerUp(true);
    await pass(60_000);
    expect([a, b, c].map((id) => server.order(id)?.priority)).toEqual([true, true, true]);
    expect([taps({ server }, one), taps({ server }, two)]).toEqual([{ [a]: true, [c]: true }, { [b]: true }]);
  });
});

it('[C2] a tap that the other machine’s change seemed to answer gets an answer of its own', async () => {
  const { server, one, two, a, b, pass } = await openTwins();
  await two.screen.tap(a, urgent);
  await pass(100);
  two.network.setCable('cut');
  await two.screen.tap(b, urgent);
  await one.screen.tap(b, { type: 'acknowledge', payload: {} });
  await pass(5_000);
  await one.screen.tap(b, urgent);
  await pass(100);
  two.network.setCable('whole');
  await pass(35_000);
  expect(taps({ server }, two)).toEqual({ [a]: true, [b]: true });
  expect(two.screen.status()).toMatchObject({ queueCount: 0, troubles: [] });
});

it('[C2] [C3] a lastN that comes late, asked for before a tap was answered, has nothing done a second time', async () => {
  const { server, clock, one, two, a, b, c, pass } = await openTwins();
  await one.screen.tap(a, urgent);
  await pass(100);
  two.display.wake();
  await pass(1_000);
  const { http } = one.network;
  const { request } = http;
  const late = <T>(it: T) => new Promise<T>((resolve) => clock.after(5_000, () => resolve(it)));
  http.request = (asked) => {
    const { answer, cancel } = request(asked);
    return { answer: answer.then(late), cancel };
  };
  void one.display.call('refresh', null);
  await pass(50);
  // The other machine’s number is a hole in ours, of which one knows by the next hello.
  await two.screen.tap(b, urgent);
  await pass(100);
  one.network.setWebsocket(false);
  one.network.setWebsocket(true);
  await pass(2_000);
  await one.screen.tap(c, urgent);
  await one.screen.tap(c, { type: 'set_priority', payload: { priority: false } });
  await pass(30_000);
  expect(server.device('same').results[3]).toBeDefined();
  expect(server.lastN('same')).toBe(4);
  expect(taps({ server }, one)).toEqual({ [a]: true, [c]: true });
});

it.each([true, false])(
  '[C3] a lastN that the disk did not take, and that is behind by then, holds nothing up (new epoch: %s)',
  async (newEpoch) => {
    const { server, one, two, a, b, c, pass } = await openTwins();
    const backup = server.backup();
    await one.screen.tap(a, urgent);
    await pass(1_000);
    one.network.setCable('cut');
    await one.screen.tap(b, urgent);
    two.network.setServerUp(false);
    server.restore(backup, { newEpoch });
    two.network.setServerUp(true);
    await pass(5_000);
    one.storage.queue.disk.failWrites('full');
    one.network.setCable('whole');
    for (let ms = 0; ms < 60_000 && !one.screen.status().troubles.includes('disk_full'); ms += 10) await pass(10);
    await pass(20);
    one.storage.queue.disk.failWrites(null);
    // The other machine’s second number is what the first one wished under it, whose change comes down before it is tried again.
    await two.screen.tap(c, urgent);
    await two.screen.tap(b, urgent);
    await pass(60_000);
    expect(one.screen.status().queueCount).toBe(0);
    expect(taps({ server }, one)).toEqual({ [a]: true, [b]: true });
  },
);
