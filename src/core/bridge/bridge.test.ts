import { describe, expect, it } from 'vitest';
import { BRIDGE_CALLS, BRIDGE_PUSHES, CALL_NAMES, HOST_CALLS } from '#contract/bridge.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

/** The display's bridge: calls answer and never throw; calls and pushes match the contract. */

async function openHarness() {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay('t');
  await one.start();
  await harness.pass(1_000);
  return { harness, one, display: one.display, screen: one.screen, pass: harness.pass };
}

describe('a call', () => {
  const JUNK = [undefined, 0, '', 'x', [], {}, { orderId: 1 }, { id: null }, { __proto__: null }, { pollSeconds: -1 }];
  it.each(CALL_NAMES)('%s answers any invalid input with invalid, and never throws', async (name) => {
    const { display } = await openHarness();
    for (const junk of JUNK) {
      if (BRIDGE_CALLS[name].input.safeParse(junk).success) continue;
      expect(await display.call(name, junk)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    }
  });

  it.each(HOST_CALLS)('%s of the host is unavailable where no host answers it', async (name) => {
    const { display } = await openHarness();
    expect(await display.call(name, null)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  it('that does not exist is refused, also names such as __proto__', async () => {
    const { display } = await openHarness();
    for (const name of ['', 'nope', 'constructor', '__proto__', 'toString'])
      expect(await display.call(name, null)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('answers unavailable before the start and after the close', async () => {
    const { harness, display } = await openHarness();
    const early = harness.openDisplay('other').display;
    expect(await early.call('getBoard', null)).toMatchObject({ error: { code: 'unavailable' } });
    await display.close();
    await display.close();
    expect(await display.call('getBoard', null)).toMatchObject({ error: { code: 'unavailable' } });
  });

  it('answers and pushes data that matches the contract’s schemas', async () => {
    const { harness, display, pass } = await openHarness();
    const pushed = new Set<string>();
    display.onPush((name, payload) => {
      BRIDGE_PUSHES[name].parse(payload);
      pushed.add(name);
    });
    harness.server.place({ status: 'preparing' });
    await pass(6_000);
    for (const name of ['getBoard', 'getStatus'] as const) {
      const answer = await display.call(name, null);
      expect(answer.ok && BRIDGE_CALLS[name].output.safeParse(answer.value).success).toBe(true);
    }
    expect([...pushed].sort()).toEqual(['board', 'notice', 'status']);
  });
});

describe('a listener', () => {
  it('that throws affects neither the display nor other listeners, and can be removed', async () => {
    const { harness, display, screen, pass } = await openHarness();
    let received = 0;
    display.onPush(() => {
      throw new Error('a bad screen');
    });
    const undo = display.onPush(() => {
      received++;
    });
    const id = harness.server.place();
    await pass(100);
    expect(screen.ticket(id)).toBeDefined();
    expect(received).toBeGreaterThan(0);
    undo();
    const before = received;
    await pass(20_000);
    expect(received).toBe(before);
  });
});

describe('settings', () => {
  it('are stored, update the ages of tickets, and keep unnamed values', async () => {
    const { harness, one, pass } = await openHarness();
    const id = harness.server.place();
    await pass(50);
    const ages = { ...DEFAULT_SETTINGS.ages, pickup: { warningMinutes: 1, lateMinutes: 2 } };
    expect(await one.display.call('changeSettings', { ages, volume: 0.3 })).toMatchObject({
      ok: true,
      value: { volume: 0.3, theme: 'dark' },
    });
    await pass(50);
    const { ageFrom, lateAt } = one.screen.ticket(id) ?? {};
    expect((lateAt ?? 0) - (ageFrom ?? 0)).toBe(2 * 60_000);
    await one.restart();
    expect(one.screen.status().settings).toEqual({ ...DEFAULT_SETTINGS, ages, volume: 0.3 });
  });

  it('written by another version are used as far as they are readable', async () => {
    const { one } = await openHarness();
    one.storage.queue.store.setSettings({ theme: 'neon', volume: 0.2, hologram: true });
    await one.restart();
    expect(one.screen.status().settings).toEqual({ ...DEFAULT_SETTINGS, volume: 0.2 });
  });
});

describe('the first run', () => {
  it('needs setup, then accepts a token that the server knows, and stores it', async () => {
    const harness = createTestHarness({ sha256 });
    const one = harness.openDisplay('unused');
    one.forgetConnection();
    await one.start();
    await harness.pass(100);
    expect(one.screen.status()).toMatchObject({ setup: 'needed', serverUrl: null, link: { state: 'unknown' } });
    expect(await one.display.call('refresh', null)).toMatchObject({ error: { code: 'unavailable' } });

    const connecting = one.display.call('connectWithToken', {
      serverUrl: 'http://server.test/some/path',
      token: ' t ',
    });
    await harness.pass(1_000);
    expect(await connecting).toEqual({ ok: true, value: null });
    expect(one.screen.status()).toMatchObject({
      setup: 'done',
      serverUrl: 'http://server.test',
      link: { state: 'live' },
    });
    await one.restart();
    await harness.pass(1_000);
    expect(one.screen.link()).toBe('live');
  });

  it('stores nothing if the server does not know the token or does not answer', async () => {
    const harness = createTestHarness({ sha256 });
    harness.server.revoke('bad');
    const one = harness.openDisplay('unused');
    one.forgetConnection();
    await one.start();
    const connect = async (token: string) => {
      const answer = one.display.call('connectWithToken', { serverUrl: 'http://server.test', token });
      await harness.pass(11_000);
      return answer;
    };
    expect(await connect('bad')).toMatchObject({ error: { code: 'not_allowed' } });
    one.network.setServerUp(false);
    expect(await connect('t')).toMatchObject({ error: { code: 'unavailable' } });
    expect(one.screen.status().setup).toBe('needed');
  });
});

describe('two displays on one folder', () => {
  it('refuse the second one as locked', async () => {
    const { harness, one } = await openHarness();
    const second = harness.openDisplay('t', one.storage);
    await expect(second.display.start()).rejects.toMatchObject({ fault: 'locked' });
  });
});
