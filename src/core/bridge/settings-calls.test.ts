import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { sha256 } from '#test/support/sha256.ts';
import { memoryStorage } from '../testing/memory-storage.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';

/** Settings, PIN, test order and end of day, through the bridge. */

const STORE = {
  id: 'main',
  name: 'Main kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 120 },
  createdAt: '2026-01-01T00:00:00.000Z',
};

let harness: TestHarness;
let one: ReturnType<TestHarness['openDisplay']>;
beforeEach(async () => {
  harness = createTestHarness({ sha256 });
  const storage = memoryStorage();
  storage.storage.openCache().store.setNote('store', STORE);
  storage.crash();
  one = harness.openDisplay('t', storage);
  await one.start();
  await harness.pass(1_000);
});
const call = (name: string, input: unknown = null) => one.display.call(name, input);
const value = async (name: string, input: unknown = null): Promise<unknown> => {
  const answer = await call(name, input);
  return answer.ok ? answer.value : answer.error.code;
};

describe('with a PIN', () => {
  beforeEach(async () => {
    await call('setPin', { pin: '2468' });
    await call('lock');
  });

  it('staff can change the look, but not the view, the server or the PIN', async () => {
    expect(await value('changeSettings', { theme: 'light' })).toMatchObject({ theme: 'light' });
    for (const [name, input] of [
      ['changeSettings', { screen: 'expo' }],
      ['changeSettings', { theme: 'dark', endOfDay: '04:00' }],
      [
        'importSettings',
        { text: JSON.stringify({ ticketrail: 'settings', version: 1, settings: { pollSeconds: 9 } }) },
      ],
      ['setPin', { pin: null }],
      ['connectWithToken', { serverUrl: 'http://elsewhere', token: 'x' }],
      ['connectWithCode', { serverUrl: 'http://elsewhere', code: 'ABC234', deviceName: 'x' }],
    ] as const)
      expect(await value(name, input), name).toBe('not_allowed');
    await harness.pass(100);
    expect(one.screen.status().settings).toMatchObject({ theme: 'light', screen: 'all', endOfDay: null });
  });

  it('entering it unlocks the settings for a while', async () => {
    expect(await value('unlock', { pin: '1111' })).toEqual({ unlocked: false, waitMs: 0 });
    expect(await value('unlock', { pin: '2468' })).toEqual({ unlocked: true, waitMs: 0 });
    expect(await value('changeSettings', { screen: 'expo' })).toMatchObject({ screen: 'expo' });
    await harness.pass(5 * 60_000);
    expect(one.screen.status().pin).toEqual({ set: true, unlocked: false });
  });

  it('it survives a power cut, and is in no push, export or log', async () => {
    await one.restart();
    expect(one.screen.status().pin).toEqual({ set: true, unlocked: false });
    const exposed = JSON.stringify([one.screen.status(), await value('exportSettings'), harness.logged]);
    expect(exposed).not.toContain(sha256('2468'));
    expect(exposed).not.toMatch(/hash|salt|2468/);
  });
});

describe('a file of settings', () => {
  const file = (settings: unknown) => JSON.stringify({ ticketrail: 'settings', version: 1, settings });

  it('carries all settings to another display', async () => {
    await call('changeSettings', { theme: 'light', stations: [{ id: 'grill', name: 'Grill' }] });
    const { text } = (await value('exportSettings')) as { text: string };
    const other = harness.openDisplay('u');
    await other.start();
    expect(await other.display.call('importSettings', { text })).toEqual({ ok: true, value: { wrong: [] } });
    await harness.pass(100);
    expect(other.screen.status().settings).toEqual(one.screen.status().settings);
  });

  it.each([
    ['no JSON', 'theme: light', ['']],
    ['another kind of file', '{}', ['ticketrail', 'version', 'settings']],
    [
      'one wrong value',
      file({ theme: 'light', ages: { pickup: { lateMinutes: 'soon' } } }),
      ['settings.ages.pickup.lateMinutes'],
    ],
    ['an unknown setting', file({ theme: 'light', colour: 'red' }), ['settings.colour']],
  ])('%s is refused with its name, and nothing is imported', async (_, text, wrong) => {
    expect(await value('importSettings', { text })).toEqual({ wrong });
    await harness.pass(100);
    expect(one.screen.status().settings).toEqual(DEFAULT_SETTINGS);
  });
});

describe('the test order', () => {
  it('rings, can be tapped through, leaves, and never reaches the server', async () => {
    const { orderId } = (await value('testOrder')) as { orderId: string };
    await harness.pass(100);
    expect(one.screen.status().alarm).toEqual({ active: true, orderIds: [orderId] });
    expect(await value('acknowledgeAll')).toEqual({ count: 0 });
    await harness.pass(100);
    expect(one.screen.status().alarm.active).toBe(false);
    await one.screen.bump(orderId, 'pending', 'preparing');
    await one.screen.bump(orderId, 'preparing', 'ready');
    await harness.pass(100);
    expect(one.screen.ticket(orderId)?.order.status).toBe('ready');
    expect(one.screen.status().queueCount).toBe(0);
    await one.screen.bump(orderId, 'ready', 'completed');
    await harness.pass(100);
    expect(one.screen.ticket(orderId)).toBeUndefined();
    expect(await call('command', { orderId, intent: { type: 'acknowledge', payload: {} } })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('is replaced by a second one', async () => {
    await call('testOrder');
    await call('testOrder');
    await harness.pass(100);
    expect(one.screen.tickets()).toHaveLength(1);
  });
});

describe('the end of the day', () => {
  it('clears carried-over orders from this screen, reports it, and restores them on request', async () => {
    const old = harness.server.place();
    await harness.pass(100);
    await call('acknowledgeAll');
    await harness.pass(1_000);
    const unseen = harness.server.place();
    await harness.pass(1_000);
    // It is 10:00 at the server, and 14:00 in the shop.
    await call('changeSettings', { endOfDay: '14:02' });
    await harness.pass(60_000);
    expect(one.screen.ticket(old)).toBeDefined();
    await harness.pass(180_000);
    expect(one.screen.ticket(old)).toBeUndefined();
    expect(one.screen.ticket(unseen)).toBeDefined();
    expect(one.screen.status().carriedOver).toMatchObject({ count: 1 });

    await one.restart();
    await harness.pass(1_000);
    expect(one.screen.ticket(old)).toBeUndefined();
    await call('showCarriedOver');
    await harness.pass(100);
    expect(one.screen.ticket(old)).toBeDefined();
    expect(one.screen.status().carriedOver).toBeNull();
  });
});
