import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '#contract/command.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** [C4] `issuedAt` of taps made while the server's time was unknown or wrong. */

const HOUR_MS = 3_600_000;
let harness: ReturnType<typeof createTestHarness>;
let one: ReturnType<typeof harness.openDisplay>;
let order: string;

beforeEach(async () => {
  harness = createTestHarness({ sha256 });
  one = harness.openDisplay('token-1');
  await one.start();
  order = harness.server.place();
  await harness.pass(1_000);
  one.network.setServerUp(false);
  await harness.pass(20_000);
});
const statusOf = () => harness.server.order(order)?.status;
const onDisk = () => one.storage.queue.store.unsettled(harness.server.epoch(), -1).map(({ issuedAt }) => issuedAt);

describe('[C4] a tap made a minute before the display reached the server', () => {
  it.each([13, -13])('is done, although the server’s clock was set by %d hours meanwhile', async (hours) => {
    await one.screen.bump(order, 'pending', 'preparing');
    await harness.pass(60_000);
    harness.setServerAhead(hours * HOUR_MS);
    const tapped = harness.server.now() - 60_000;
    one.network.setServerUp(true);
    await harness.pass(60_000);
    expect([statusOf(), one.screen.status().failedCommands]).toEqual(['preparing', []]);
    expect(Math.abs(Date.parse(onDisk()[0] ?? '') - tapped)).toBeLessThan(2_000);
  });

  it('is the same command when it is sent again by a clock that was set once more', async () => {
    const submit = vi.spyOn(harness.server, 'submit');
    await one.screen.bump(order, 'pending', 'preparing');
    harness.setServerAhead(13 * HOUR_MS);
    one.network.loseAnswers(1);
    one.network.setServerUp(true);
    await harness.pass(4_000);
    harness.setServerAhead(0);
    await one.restart();
    await harness.pass(60_000);
    const sent = submit.mock.calls.flatMap(([, commands]) => commands as Command[]);
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map((command) => JSON.stringify(command))).size).toBe(1);
    expect(one.screen.status().queueCount).toBe(0);
  });
});

it('[C4] a tap made 13 hours before the machine woke is stale', async () => {
  await one.screen.bump(order, 'pending', 'preparing');
  harness.clock.sleep(13 * HOUR_MS);
  harness.setServerAhead(13 * HOUR_MS);
  one.network.setServerUp(true);
  await harness.pass(60_000);
  expect(statusOf()).toBe('pending');
  expect(one.screen.status().failedCommands).toMatchObject([{ orderId: order, code: 'stale' }]);
});
