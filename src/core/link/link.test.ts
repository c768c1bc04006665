import { describe, expect, it } from 'vitest';
import { PathFigures } from '#contract/history.ts';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** The link state on the screen is the true one. */

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  await one.start();
  await harness.pass(10_000);
  expect(one.screen.link()).toBe('live');
  return { harness, one, network: one.network, pass: harness.pass };
}

describe('[L1] a lost link', () => {
  it('is noticed at once when the server stops, retried twice, and then offline', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(20);
    expect(one.screen.link()).toBe('connecting');
    await pass(5_000);
    expect(one.screen.status().link).toMatchObject({ state: 'offline', cause: 'server_away' });
  });

  it('is noticed within 12 s when half-open, without a close event from the socket', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('silent');
    await pass(LIVE_WITHIN_MS + 20);
    expect(one.screen.link()).toBe('connecting');
    await pass(30_000);
    expect(one.screen.link()).toBe('offline');
    network.setCable('whole');
    await pass(60_000);
    expect(one.screen.link()).toBe('live');
  });

  it('is retried for ever, at most 30 s apart', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(12 * 3_600_000);
    expect(one.screen.link()).toBe('offline');
    network.setServerUp(true);
    await pass(31_000);
    expect(one.screen.link()).toBe('live');
  });

  it('names the cause: no network', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('cut');
    one.display.networkChanged(false);
    await pass(5_000);
    expect(one.screen.status().link).toMatchObject({ state: 'offline', cause: 'no_network' });
  });

  it('reports when it last was up to date, and since when the state holds', async () => {
    const { harness, one, network, pass } = await openHarness();
    const cutAt = harness.at();
    network.setServerUp(false);
    await pass(60_000);
    const { lastWordAt, since } = one.screen.status().link;
    expect(lastWordAt).toBeLessThanOrEqual(cutAt + 10);
    expect(lastWordAt).toBeGreaterThan(cutAt - 5_100);
    expect(since).toBeGreaterThan(cutAt);
    expect(since).toBeLessThan(cutAt + 5_000);
  });

  it('is reported once when lost and once when back', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(60_000);
    network.setServerUp(true);
    await pass(60_000);
    expect(one.screen.notices()).toEqual(['went_offline', 'back_live']);
  });
});

describe('[L1] without waiting', () => {
  it('tries the socket on network-up, however long the back-off', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('cut');
    one.display.networkChanged(false);
    await pass(3_600_000);
    network.setCable('whole');
    one.display.networkChanged(true);
    await pass(100);
    expect(one.screen.link()).toBe('live');
  });

  it('replaces the socket on wake, even if it reports that it is up', async () => {
    const { harness, one, network, pass } = await openHarness();
    network.setCable('silent');
    const id = harness.server.place();
    await pass(1_000);
    expect(one.screen.link()).toBe('live');
    network.setCable('whole');
    one.display.wake();
    await pass(100);
    expect(one.screen.ticket(id)).toBeDefined();
    expect(one.screen.link()).toBe('live');
  });

  it('[L2] polls, sends and reconnects on refresh, and reports the outcome', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(3_600_000);
    network.setServerUp(true);
    const answer = one.display.call('refresh', null);
    await pass(100);
    expect(await answer).toEqual({ ok: true, value: { live: true } });
    network.setServerUp(false);
    const second = one.display.call('refresh', null);
    await pass(11_000);
    expect(await second).toEqual({ ok: true, value: { live: false } });
    expect(one.screen.notices().filter((code) => code.startsWith('refresh'))).toEqual(['refreshed', 'refresh_failed']);
  });
});

describe('[L2] refresh', () => {
  it('starts another poll if the current one waits on a dead connection', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('silent');
    const { requests } = network.traffic;
    while (network.traffic.requests === requests) await pass(100);
    network.setCable('whole');
    const answer = one.display.call('refresh', null);
    await pass(100);
    expect(await Promise.race([answer, 'no answer'])).toEqual({ ok: true, value: { live: true } });
  });
});

describe('[L1] stopped', () => {
  it('names a revoked token as the cause, sends nothing and keeps the queue', async () => {
    const { harness, one, network, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    harness.server.revoke('t');
    network.setServerUp(false);
    network.setServerUp(true);
    await pass(2_000);
    expect(one.screen.status().link).toMatchObject({ state: 'stopped', cause: 'revoked' });
    await one.screen.bump(id, 'pending', 'preparing');
    await pass(120_000);
    expect(one.screen.status()).toMatchObject({ queueCount: 1, link: { state: 'stopped' } });
    expect(harness.server.order(id)?.status).toBe('pending');
  });
});

describe('[L2] with WebSocket blocked and HTTP open', () => {
  it('is polling, and changes arrive with the next poll', async () => {
    const { harness, one, network, pass } = await openHarness();
    network.setWebsocket(false);
    await pass(2_000);
    expect(one.screen.link()).toBe('polling');
    const id = harness.server.place();
    await pass(30_100);
    expect(one.screen.ticket(id)).toBeDefined();
    expect(one.screen.link()).toBe('polling');
  });

  it('sends taps at once, without waiting for a poll', async () => {
    const { harness, one, network, pass } = await openHarness();
    const id = harness.server.place();
    network.setWebsocket(false);
    await pass(40_000);
    await one.screen.bump(id, 'pending', 'preparing');
    await pass(100);
    expect(harness.server.order(id)?.status).toBe('preparing');
    expect(one.screen.status().queueCount).toBe(0);
  });

  it('polls as often as configured', async () => {
    const { one, network, pass } = await openHarness();
    await one.display.call('changeSettings', { pollSeconds: 5 });
    network.setWebsocket(false);
    await pass(5_000);
    const before = network.traffic.requests;
    await pass(60_000);
    // And once for the store's settings.
    expect(network.traffic.requests - before).toBe(12 + 1);
  });

  it('is offline once HTTP fails too, and live when WebSocket works again', async () => {
    const { one, network, pass } = await openHarness();
    network.setWebsocket(false);
    await pass(40_000);
    network.setServerUp(false);
    await pass(31_000);
    expect(one.screen.link()).toBe('offline');
    network.setWebsocket(true);
    network.setServerUp(true);
    await pass(31_000);
    expect(one.screen.link()).toBe('live');
  });

  it('loads the first snapshot by polling', async () => {
    const harness = createTestHarness({ sha256 });
    const id = harness.server.place();
    const one = harness.openDisplay('t');
    one.network.setWebsocket(false);
    await one.start();
    await harness.pass(5_000);
    expect(one.screen.link()).toBe('polling');
    expect(one.screen.ticket(id)).toBeDefined();
  });
});

describe('[L3] a wrong machine clock', () => {
  it.each([2, -2, 24 * 365])('by %i hours while it runs changes no age and no state', async (hours) => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(60_000);
    const before = one.screen.ticket(id);
    harness.clock.setWall(harness.clock.wall() + hours * 3_600_000);
    await pass(60_000);
    expect(one.screen.link()).toBe('live');
    expect(one.screen.ticket(id)).toEqual(before);
    expect(Math.abs(one.screen.status().serverNow - harness.at())).toBeLessThan(100);
  });
});

it('pushes the status at least every 5 s, also offline', async () => {
  const { one, network, pass } = await openHarness();
  network.setCable('cut');
  await pass(600_000);
  const before = one.screen.statuses();
  await pass(60_000);
  expect(one.screen.statuses() - before).toBeGreaterThanOrEqual(12);
});

describe('[S3] catching up', () => {
  async function missed(awayMs: number) {
    const { harness, one, network, pass } = await openHarness();
    network.setCable('cut');
    await pass(awayMs);
    const ids = Array.from({ length: 30 }, () => harness.server.place());
    await pass(awayMs);
    network.setCable('whole');
    one.display.wake();
    await pass(5_000);
    expect(one.screen.link()).toBe('live');
    for (const id of ids) expect(one.screen.ticket(id)).toBeDefined();
    const figures = await one.display.call('getPathFigures', null);
    if (!figures.ok) throw new Error(figures.error.message);
    return PathFigures.parse(figures.value);
  }

  it('after minutes away fetches missed changes over HTTP, compressed, before hello', async () => {
    const { socket, poll } = await missed(120_000);
    expect([poll.count, socket.count]).toEqual([30, 0]);
  });

  it('does not wait for a poll on a dead connection', async () => {
    const { harness, one, network, pass } = await openHarness();
    network.setCable('silent');
    const id = harness.server.place();
    await pass(120_000);
    network.setCable('whole');
    one.display.networkChanged(true);
    await pass(100);
    expect(one.screen.ticket(id)).toBeDefined();
    expect(one.screen.link()).toBe('live');
  });

  it('after a short gap says hello at once', async () => {
    const { socket, poll } = await missed(1_000);
    expect(socket.count + poll.count).toBe(30);
    expect(socket.count).toBeGreaterThan(0);
  });
});
