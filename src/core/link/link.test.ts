import { describe, expect, it } from 'vitest';
import { PathFigures } from '#contract/history.ts';
import { LIVE_WITHIN_MS } from '#contract/sync.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** The link: what the screen says of it is so. */

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  await one.start();
  await harness.pass(10_000);
  expect(one.screen.link()).toBe('live');
  return { harness, one, network: one.network, pass: harness.pass };
}

describe('[L1] a link that goes', () => {
  it('is seen at once when the server ends, is tried twice, and is offline then', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(20);
    expect(one.screen.link()).toBe('connecting');
    await pass(5_000);
    expect(one.screen.status().link).toMatchObject({ state: 'offline', cause: 'server_away' });
  });

  it('half-open is seen within 12 s, though the socket says nothing', async () => {
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

  it('is tried for ever, never more than 30 s apart', async () => {
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

  it('tells the age of the last good word, and since when it is so', async () => {
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

  it('says once that it went and once that it is back', async () => {
    const { one, network, pass } = await openHarness();
    network.setServerUp(false);
    await pass(60_000);
    network.setServerUp(true);
    await pass(60_000);
    expect(one.screen.notices()).toEqual(['went_offline', 'back_live']);
  });
});

describe('[L1] at once', () => {
  it('on network-up the socket is tried, however long the back-off', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('cut');
    one.display.networkChanged(false);
    await pass(3_600_000);
    network.setCable('whole');
    one.display.networkChanged(true);
    await pass(100);
    expect(one.screen.link()).toBe('live');
  });

  it('on wake the socket is replaced, though it says that it is up', async () => {
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

  it('[L2] on refresh everything is done at once, and the person sees how it went', async () => {
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
  it('starts another poll when one waits on a connection that died', async () => {
    const { one, network, pass } = await openHarness();
    network.setCable('silent');
    const { requests } = network.traffic;
    while (network.traffic.requests === requests) await pass(100);
    network.setCable('whole');
    const answer = one.display.call('refresh', null);
    await pass(100);
    expect(await Promise.race([answer, 'hangs'])).toEqual({ ok: true, value: { live: true } });
  });
});

describe('[L1] stopped', () => {
  it('when the token is revoked: says so, sends nothing, keeps the queue, and goes on when it is good again', async () => {
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
  it('says polling, and changes come with the next poll', async () => {
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

  it('polls as often as was set', async () => {
    const { one, network, pass } = await openHarness();
    await one.display.call('changeSettings', { pollSeconds: 5 });
    network.setWebsocket(false);
    await pass(5_000);
    const before = network.traffic.requests;
    await pass(60_000);
    expect(network.traffic.requests - before).toBe(12);
  });

  it('is offline as soon as HTTP does not work either, and live when WebSocket does again', async () => {
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

  it('takes a first snapshot this way, too', async () => {
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

describe('[L3] a machine clock that is wrong', () => {
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

it('a sign of life comes at least every 5 s, offline as well', async () => {
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

  it('after minutes away takes what was missed over HTTP, where it is compressed, before it says hello', async () => {
    const { socket, poll } = await missed(120_000);
    expect([poll.count, socket.count]).toEqual([30, 0]);
  });

  it('does not wait for a poll on a connection that died', async () => {
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

  it('after a moment says hello at once', async () => {
    const { socket, poll } = await missed(1_000);
    expect(socket.count + poll.count).toBe(30);
    expect(socket.count).toBeGreaterThan(0);
  });
});
