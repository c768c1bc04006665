import { beforeEach, describe, expect, it } from 'vitest';
import { Store } from '#contract/store.ts';
import { anItem } from '#test/support/an-order.ts';
import { sha256 } from '#test/support/sha256.ts';
import { memoryStorage } from '../testing/memory-storage.ts';
import { createTestHarness, type TestHarness } from '../testing/test-harness.ts';

/** What the store takes, through the bridge. It is 10:00 at the server, and 14:00 in the shop. */

const STORE = Store.parse({
  id: 'main',
  name: 'Main kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  settings: { displayWindowDays: 8, acknowledgeWithinSeconds: 120 },
  createdAt: '2026-01-01T00:00:00.000Z',
});
const TODAY = '2026-11-21T';
const NOW = `${TODAY}10:00:00.000Z`;
const NOTHING = { open: true, pausedUntil: null, busyUntil: null, preparationMinutes: null, unavailable: [] };

let harness: TestHarness;
let one: ReturnType<TestHarness['openDisplay']>;

async function open(token = 't') {
  const storage = memoryStorage();
  storage.storage.openCache().store.setNote('store', STORE);
  storage.crash();
  const display = harness.openDisplay(token, storage);
  await display.start();
  await harness.pass(1_000);
  return display;
}
beforeEach(async () => {
  harness = createTestHarness({ sha256 });
  one = await open();
});

const shown = (display = one) => display.screen.status().availability;
/** Calls, and lets the answer and the push that follows arrive. */
async function call(name: string, input: unknown, display = one, ms = 100): Promise<unknown> {
  const answering = display.display.call(name, input);
  await harness.pass(ms);
  const answer = await answering;
  return answer.ok ? answer.value : answer.error.code;
}

describe('what the store takes', () => {
  it('is shown as the server says it, on every display, and at once when it changes', async () => {
    const other = await open('u');
    expect([shown(), shown(other)]).toEqual([NOTHING, NOTHING]);
    expect(await call('setAvailability', { pausedUntil: `${TODAY}10:30:00.000Z`, open: false })).toBeNull();
    const paused = { ...NOTHING, open: false, pausedUntil: `${TODAY}10:30:00.000Z` };
    expect([shown(), shown(other)]).toEqual([paused, paused]);
    expect(await call('setAvailability', { pausedUntil: null, open: true }, other)).toBeNull();
    expect([shown(), shown(other)]).toEqual([NOTHING, NOTHING]);
  });

  it('ends by itself on a display that does not hear its end', async () => {
    harness.server.setAvailability({
      pausedUntil: `${TODAY}10:05:00.000Z`,
      unavailable: [
        { name: 'Lobio', until: `${TODAY}10:05:00.000Z` },
        { name: 'Khinkali', until: null },
      ],
    });
    await harness.pass(100);
    one.network.setCable('cut');
    await harness.pass(2 * 60_000);
    expect(shown()).toMatchObject({ pausedUntil: `${TODAY}10:05:00.000Z` });
    await harness.pass(4 * 60_000);
    expect(shown()).toEqual({ ...NOTHING, unavailable: [{ name: 'Khinkali', until: null }] });
  });

  it('is not known after a start without a server, and heard when it is there', async () => {
    harness.server.setAvailability({ open: false });
    await harness.pass(100);
    one.network.setServerUp(false);
    await one.restart();
    await harness.pass(1_000);
    expect(shown()).toBeNull();
    one.network.setServerUp(true);
    await harness.pass(60_000);
    expect(shown()).toEqual({ ...NOTHING, open: false });
  });

  it('[L2] is polled where there is no socket, and can be changed there', async () => {
    one.network.setWebsocket(false);
    await harness.pass(40_000);
    expect(one.screen.link()).toBe('polling');
    harness.server.setAvailability({ open: false });
    await harness.pass(40_000);
    expect(shown()).toEqual({ ...NOTHING, open: false });
    expect(await call('setAvailability', { open: true })).toBeNull();
    expect(shown()).toEqual(NOTHING);
  });

  it('that does not follow the contract is not shown', async () => {
    harness.server.setAvailability({ pausedUntil: 'soon' });
    await harness.pass(100);
    expect(shown()).toBeNull();
    expect(harness.logged).toContain('availability does not follow the contract');
  });
});

describe('a change', () => {
  it('without a connection fails at once, is not kept, and changes nothing', async () => {
    one.network.setCable('cut');
    await harness.pass(60_000);
    expect(await call('setAvailability', { open: false }, one, 0)).toBe('unavailable');
    expect(await call('setSoldOut', { name: 'Lobio', soldOut: true, until: null }, one, 0)).toBe('unavailable');
    one.network.setCable('whole');
    await harness.pass(60_000);
    expect(harness.server.availability()).toEqual(NOTHING);
    expect(one.screen.status().queueCount).toBe(0);
  });

  it('whose answer is lost may have been made, and says so within 10 s', async () => {
    one.network.setCable('silent');
    expect(await call('setAvailability', { open: false }, one, 9_000)).toBe('internal');
    // Here the question before the change got no answer.
    one.network.setCable('whole');
    await harness.pass(60_000);
    one.network.setCable('silent');
    const taps = ['Lobio', 'Satsivi', 'Khinkali'].map((name) =>
      one.display.call('setSoldOut', { name, soldOut: true, until: null }),
    );
    await harness.pass(5_000);
    const unavailable = { ok: false, error: { code: 'unavailable' } };
    expect(await Promise.all(taps)).toMatchObject([unavailable, unavailable, unavailable]);
    one.network.setCable('whole');
    await harness.pass(60_000);
    expect(await call('setSoldOut', { name: 'Lobio', soldOut: true, until: null })).toBeNull();
    expect(shown()?.unavailable).toEqual([{ name: 'Lobio', until: null }]);
  });

  it('without a connection to any server is unavailable', async () => {
    const fresh = harness.openDisplay('v');
    fresh.forgetConnection();
    await fresh.start();
    expect(await call('setAvailability', { open: false }, fresh)).toBe('unavailable');
  });

  it.each([
    ['a pause without an end', 'setAvailability', { pausedUntil: 'for ever' }],
    ['a dish without a name', 'setSoldOut', { name: ' ', soldOut: true, until: null }],
    ['an unknown field', 'setAvailability', { opne: true }],
  ])('%s is refused', async (_, name, input) => {
    expect(await call(name, input)).toBe('invalid');
    expect(harness.server.availability()).toEqual(NOTHING);
  });
});

describe('a dish', () => {
  const soldOut = (name: string, until: string | null = null) => ({ name, soldOut: true, until });

  it('is added and taken off, and dishes tapped quickly, here and elsewhere, all stay', async () => {
    const other = await open('u');
    harness.server.setAvailability({ unavailable: [{ name: 'Khinkali', until: null }] });
    const taps = [
      one.display.call('setSoldOut', soldOut('Lobio')),
      one.display.call('setSoldOut', soldOut('Ajapsandali', `${TODAY}12:00:00.000Z`)),
    ];
    await harness.pass(500);
    await Promise.all(taps);
    expect(await call('setSoldOut', soldOut('Satsivi'), other)).toBeNull();
    expect(await call('setSoldOut', { name: 'Khinkali', soldOut: false, until: null }, other)).toBeNull();
    expect(shown()?.unavailable).toEqual([
      { name: 'Lobio', until: null },
      { name: 'Ajapsandali', until: `${TODAY}12:00:00.000Z` },
      { name: 'Satsivi', until: null },
    ]);
  });

  it.each([
    ['at 04:00 in the shop', {}, '2026-11-22T00:00:00.000Z'],
    ['at the set end of the day', { endOfDay: '23:30' }, `${TODAY}19:30:00.000Z`],
    ['at the set end, tomorrow', { endOfDay: '13:00' }, '2026-11-22T09:00:00.000Z'],
  ])('is sold out for today until the day ends: %s', async (_, settings, until) => {
    await call('changeSettings', settings);
    await call('setSoldOut', { name: 'Lobio', soldOut: true, until: 'day_end' });
    expect(shown()?.unavailable).toEqual([{ name: 'Lobio', until }]);
  });

  it('is found in open orders and in those of the last day, the most ordered first', async () => {
    const items = (...names: string[]) => ({ items: names.map((name, i) => anItem({ id: `i${i}`, name })) });
    const closed = { status: 'completed', ...items('Satsivi') } as const;
    harness.server.place(items('Khinkali', 'Lobio'));
    harness.server.place({ status: 'preparing', ...items('Lobio', 'Ajapsandali') });
    harness.server.place({ ...closed, statusSince: `${TODAY}09:00:00.000Z`, updatedAt: NOW });
    harness.server.place({ ...closed, ...items('Stew'), statusSince: '2026-11-20T09:00:00.000Z', updatedAt: NOW });
    await harness.pass(100);
    expect(await call('getDishes', null)).toEqual(['Lobio', 'Ajapsandali', 'Khinkali', 'Satsivi']);
  });
});
